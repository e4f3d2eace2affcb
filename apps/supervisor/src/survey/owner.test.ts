// Ancestors as they are on real machines, the nearest first.
import { describe, expect, it } from "vitest"
import type { Listed } from "../platform/containment.ts"
import { listedOf } from "./machine.test-support.ts"
import { ownerOf } from "./owner.ts"

const init = listedOf(1, "/sbin/init", { name: "systemd" })
const agent = listedOf(90, "claude")
const owned = (ancestors: readonly Listed[], row = agent) => {
  const { kind, name, pid } = ownerOf({ row, ancestors, nameOf: ({ words }) => (words[0] === "codex" ? "codex" : null) })
  return `${kind} ${name} ${pid}`
}
const shell = (over: Partial<Listed> = {}) => listedOf(80, "-zsh", { hasTerminal: true, ...over })

describe("an agent is owned by the nearest ancestor that tells something", () => {
  it.each([
    ["tmux", [shell(), listedOf(70, "tmux new", { name: "tmux: server" }), init], "multiplexer tmux: server 70"],
    ["ssh", [shell(), listedOf(70, "sshd: ada@pts/1", { name: "sshd" }), init], "ssh sshd 70"],
    ["a terminal", [shell(), listedOf(70, "/usr/bin/kitty"), init], "terminal kitty 70"],
    ["an editor", [listedOf(70, "/usr/share/code/code --type=x"), init], "editor code 70"],
    ["an editor's half on this host", [listedOf(70, "node /home/ada/.vscode-server/bin/x/server-main.js"), init], "editor node 70"],
    ["another agent", [shell({ hasTerminal: false }), listedOf(70, "codex"), init], "agent codex 70"],
    ["an app", [listedOf(70, "node --no-warnings /opt/app/server.js"), init], "app node server.js 70"],
    ["an app whose process has another name", [listedOf(70, "/opt/app/Conductor", { name: "MainThread" }), init], "app Conductor 70"],
    ["a shell on a terminal of its own", [shell(), init], "terminal zsh 80"],
  ])("%s", (_, ancestors, whose) => expect(owned(ancestors)).toBe(whose))
})

describe("an agent is an orphan", () => {
  it("whose parent is init, or what stands for it", () => {
    expect(owned([init])).toBe("orphan nobody null")
    expect(owned([listedOf(700, "/usr/lib/systemd/systemd --user"), init])).toBe("orphan nobody null")
    expect(owned([listedOf(1, "/some/first-program")])).toBe("orphan nobody null")
  })

  it("that was left behind together with the shell or the npx that started it, and says so", () => {
    const left = [listedOf(85, "npm exec claude"), shell({ hasTerminal: false }), init]
    expect(owned(left)).toBe("orphan nobody null")
    expect(ownerOf({ row: agent, ancestors: left, nameOf: () => null }).evidence).toBe(
      "left behind with zsh (pid 80), whose parent is systemd (pid 1)",
    )
  })

  it("but not where it is a service of the system", () => {
    expect(owned([init], { ...agent, service: "my-mcp" })).toBe("service my-mcp null")
    expect(owned([init], { ...agent, service: "gnome-terminal-server" })).toBe("orphan nobody null")
  })

  it("but not where its parent is not shown to us", () => {
    expect(owned([])).toBe("app unseen null")
  })
})
