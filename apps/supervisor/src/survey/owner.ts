// Whose a process is, by who its ancestors are. Pure; the first of them that tells something counts.
import { basename } from "node:path/posix"
import type { Owner } from "@corral/contracts/survey"
import type { Listed } from "../platform/containment.ts"
import { commandForPeople } from "./mask.ts"

/** By the names that systems give: on Linux at most 15 characters, on macOS the file. */
const hosts: readonly { readonly kind: Owner["kind"]; readonly names: RegExp }[] = [
  { kind: "multiplexer", names: /^(?:tmux(?:: server)?|screen|SCREEN|zellij|dtach|abduco)$/ },
  { kind: "ssh", names: /^(?:sshd(?:-session|-auth)?|dropbear|mosh-server)$/ },
  {
    kind: "editor",
    names:
      /^(?:code|code-insiders|code-server|codium|cursor|Cursor|windsurf|zed|zed-editor|nvim|vim|emacs|subl|idea|webstorm|pycharm|goland|Code Helper.*|Cursor Helper.*)$/,
  },
  {
    kind: "terminal",
    names:
      /^(?:gnome-terminal-.*|ptyxis.*|kgx|konsole|kitty|alacritty|wezterm-gui|foot|ghostty|xterm|tilix|terminator|xfce4-terminal|Terminal|iTerm2|iTermServer.*|warp)$/,
  },
]
/** The remote half of VS Code and its kin is a plain node. */
const remoteEditor = /\/\.(?:vscode|cursor|windsurf|vscodium)(?:-server|-remote)?\//
/** They start others on behalf of somebody, and are nobody themselves. */
const goBetweens =
  /^(?:sh|bash|dash|zsh|fish|ksh|tcsh|su|sudo|login|env|nohup|setsid|script|timeout|time|nice|xargs|npm|npx|npm exec.*|pnpm|yarn|bunx|uv|uvx|pipx)$/
/** What takes in those whose parent has ended, beside pid 1. */
const takersIn = /^(?:systemd|init|launchd|tini|docker-init|dumb-init|catatonit)$/
/** Their services hold what people start in them, and what that leaves behind. */
const servicesOfPeople = /terminal|konsole|ptyxis|ssh|cron|^atd$|vte|shell/i

const notCorrals = { next: null, session: null } as const

export interface Asked {
  readonly row: Listed
  /** The nearest first, up to and with pid 1. */
  readonly ancestors: readonly Listed[]
  /** The name of an agent or MCP server that is listed too. */
  readonly nameOf: (row: Listed) => string | null
}

export function ownerOf({ row, ancestors, nameOf }: Asked): Owner {
  let eldest = row
  for (const ancestor of ancestors) {
    if (isTakerIn(ancestor)) return besideIt(eldest, ancestor, row)
    const listed = nameOf(ancestor)
    if (listed !== null) return owner("agent", listed, ancestor)
    const host = hostOf(ancestor)
    if (host !== null) return owner(host, shortNameOf(ancestor), ancestor)
    if (!goBetweens.test(shortNameOf(ancestor))) return owner("app", appNameOf(ancestor), ancestor)
    eldest = ancestor
  }
  return besideIt(eldest, null, row)
}

/** Nobody told anything between it and what takes in. */
function besideIt(eldest: Listed, taker: Listed | null, row: Listed): Owner {
  if (eldest.service !== null && !servicesOfPeople.test(eldest.service)) {
    return { kind: "service", name: eldest.service, pid: null, evidence: "stands in its control group", ...notCorrals }
  }
  if (taker === null) return { kind: "app", name: "unseen", pid: null, evidence: "its parent is not shown to us", ...notCorrals }
  const above = `${shortNameOf(taker)} (pid ${taker.pid})`
  if (eldest !== row && eldest.hasTerminal) {
    return { kind: "terminal", name: shortNameOf(eldest), pid: eldest.pid, evidence: `below it; above it is ${above}`, ...notCorrals }
  }
  const through = eldest === row ? "its parent is" : `left behind with ${shortNameOf(eldest)} (pid ${eldest.pid}), whose parent is`
  return { kind: "orphan", name: "nobody", pid: null, evidence: `${through} ${above}`, ...notCorrals }
}

const isTakerIn = (row: Listed): boolean => row.pid === 1 || takersIn.test(shortNameOf(row))

function hostOf(row: Listed): Owner["kind"] | null {
  if (row.words.some((word) => remoteEditor.test(word))) return "editor"
  return hosts.find(({ names }) => names.test(shortNameOf(row)))?.kind ?? null
}

function owner(kind: Owner["kind"], name: string, { pid }: Listed): Owner {
  return { kind, name, pid, evidence: "its ancestor", ...notCorrals }
}

/** Without the dash of a login shell. */
function shortNameOf({ name }: Listed): string {
  return basename(name).replace(/^-/, "")
}

/** `node server.js` says more than `node`, and threads rename themselves: the words are better than the name. */
function appNameOf(row: Listed): string {
  const program = commandForPeople(row.words.slice(0, 1))
  const script = row.words.slice(1).find((word) => !word.startsWith("-"))
  if (script !== undefined && /^(?:node|bun|deno|python[\d.]*|ruby|java)$/.test(program)) return `${program} ${basename(script)}`
  return program === "" ? shortNameOf(row) : basename(program)
}
