// The survey and what may be ended, on machines made up for it.
import { describe, expect, it } from "vitest"
import { sealScript } from "../platform/seal.ts"
import { installOfHome, kilobyte, listedOf, machineOf, treeIn } from "./machine.test-support.ts"
import { plan } from "./plan.ts"
import { survey } from "./survey.ts"

const home = "/home/ada/.corral"
const below = (ppid: number) => ({ ppid, sid: 5, pgid: 5 })
const corral = installOfHome(home, { serverPid: 60, trees: [treeIn(home, { tier: "darwin", root: { pid: 70, start: 700 } })] })
const machine = machineOf(
  [
    listedOf(10, "/usr/bin/kitty", { name: "kitty" }),
    listedOf(11, "zsh", below(10)),
    listedOf(12, "claude", below(11)),
    listedOf(13, "npm exec some-mcp", below(12)),
    listedOf(14, "sh -c some-mcp-server", below(13)),
    listedOf(15, "node /x/.bin/some-mcp-server", below(14)),
    listedOf(16, "vim claude.md", below(11)),
    listedOf(20, "codex exec", { user: 4_000_000 }),
    listedOf(60, "node /x/dist/server.mjs"),
    listedOf(61, "node /x/dist/supervisor.mjs serve --home /home/ada/.corral", { ppid: 60 }),
    listedOf(70, "node /x/dist/practice.mjs", { ppid: 61 }),
    listedOf(71, "sleep 5", below(70)),
    listedOf(80, "gemini", { ppid: 1 }),
    listedOf(81, "node /x/dist/supervisor.mjs run --home /home/ada/.corral -- x", below(80)),
  ],
  [corral],
)

describe("a survey", () => {
  const { found, processes, memoryBytes, memory } = survey(machine)

  it("lists agents and MCP servers, one with what only carries them, and Corral's own agents by their ledger", () => {
    expect(found.map(({ pid, kind, name, within, pids }) => [pid, kind, name, within, pids])).toEqual([
      [12, "agent", "claude", null, [12, 13, 14, 15]],
      [13, "mcp", "some-mcp", 12, [13, 14, 15]],
      [20, "agent", "codex", null, [20]],
      [70, "agent", "practice", null, [70, 71]],
      [80, "agent", "gemini", null, [80, 81]],
    ])
  })

  it("lists a sealed agent once, with what holds it", () => {
    const sealed = treeIn(home, { tier: "linux-sealed", provider: "claude", root: { pid: 70, start: 700 } })
    const token = sealed.serial
    const shell = { words: ["/bin/sh", "-c", sealScript, "/bin/claude"], token, ppid: 70 }
    const rows = [
      listedOf(70, "unshare", { words: ["/usr/bin/unshare", "--pid", "--", ...shell.words, "-p"], token }),
      listedOf(71, "sh", shell),
      listedOf(72, "claude", { token, ppid: 71 }),
    ]
    const seen = survey(machineOf(rows, [installOfHome(home, { trees: [sealed] })])).found
    expect(seen.map(({ pid, name, pids, command }) => [pid, name, pids, command])).toEqual([[70, "claude", [70, 71, 72], "claude -p"]])
  })

  it("says whose each is, and what ends a session of Corral's with a proof", () => {
    expect(found.map(({ owner }) => `${owner.kind} ${owner.name}`)).toEqual([
      "terminal kitty",
      "agent claude",
      "orphan nobody",
      `corral ${home}`,
      "orphan nobody",
    ])
    expect(found.map(({ owner }) => owner.next).filter((next) => next !== null)).toEqual([`CORRAL_HOME=${home} corral thread stop thr_a`])
    expect(found.map(({ owner }) => owner.session)).toEqual([null, null, null, "thr_a.1", null])
    expect(found.map(({ isOtherUsers }) => isOtherUsers)).toEqual([false, false, true, false, false])
  })

  it("weighs whole trees, and nobody twice in the sum", () => {
    // A kilobyte for each process, and one for each program among them.
    expect(found.find(({ pid }) => pid === 12)?.memoryBytes).toBe((4 + 4) * kilobyte)
    expect([processes, memory]).toEqual([9, "shared-once"])
    expect(memoryBytes).toBe(
      (9 + new Set(machine.rows.filter(({ pid }) => found.some(({ pids }) => pids.includes(pid))).map(({ name }) => name)).size) * kilobyte,
    )
  })
})

describe("what may be ended", () => {
  const whoever = (...pids: readonly number[]) => pids.map((pid) => ({ pid, start: null }))

  it("is what was named with all below it", () => {
    expect(plan(machine, whoever(12))).toMatchObject({
      ends: [12, 13, 14, 15].map((pid) => ({ pid })),
      refused: [],
      memoryBytes: 8 * kilobyte,
    })
    expect(plan(machine, whoever(15, 15))).toMatchObject({ named: [15], ends: [{ pid: 15 }], refused: [] })
  })

  it.each([
    ["init", 1, "Protected", /init/],
    ["ourselves", process.pid, "Protected", /process that asks/],
    ["what is no agent and below none", 16, "NotListed", /vim claude.md is no coding agent/],
    ["an agent's shell", 11, "NotListed", /zsh/],
    ["nobody", 99, "NotFound", /no such process/],
    ["another user's", 20, "Denied", /another user/],
    ["Corral's server", 60, "Corrals", /server of \/home\/ada\/.corral. Next: CORRAL_HOME=\/home\/ada\/.corral corral stop/],
    ["Corral's supervisor", 61, "Corrals", /supervisor/],
    ["a session of Corral's", 70, "Corrals", /Next: CORRAL_HOME=\/home\/ada\/.corral corral thread stop thr_a$/],
    ["what is below a session of Corral's", 71, "Corrals", /corral thread stop thr_a$/],
    ["an agent with a Corral below it", 80, "Corrals", /it would end with what was named. pid 81: that is Corral's corral run/],
  ])("is not %s", (...[, pid, tag, message]) => {
    expect(plan(machine, whoever(pid)).refused).toEqual([{ pid: expect.any(Number), tag, message: expect.stringMatching(message) }])
  })

  it("is not who is above us", () => {
    const within = machineOf([listedOf(12, "claude"), listedOf(process.pid, "supervisor", { ppid: 12 })])
    expect(plan(within, whoever(12)).refused).toMatchObject([{ pid: 12, tag: "Protected" }])
  })

  it("is who was chosen, and not who has the number by now", () => {
    expect(plan(machine, [{ pid: 12, start: 120 }])).toMatchObject({ named: [12], refused: [] })
    expect(plan(machine, [{ pid: 12, start: 119 }]).refused).toMatchObject([
      { pid: 12, tag: "NotFound", message: expect.stringContaining("another process") },
    ])
  })

  it("is nothing where one of the named is refused", () => {
    expect(plan(machine, whoever(12, 20)).refused).toHaveLength(1)
  })
})
