// Which command lines are coding agents and MCP servers. For a list that people read, never a reason to end anything. It looks at the
// program or script that is run, not at the other words: an editor with `claude.md` open and `grep claude` are none.
import { basename } from "node:path/posix"

export interface Kind {
  readonly kind: "agent" | "mcp"
  readonly name: string
}

/** File names, and packages whose file is called `cli.js` or the like. */
const agents: Readonly<Record<string, string>> = {
  ...names(
    "claude codex gemini opencode cursor-agent aider goose amp qwen copilot crush auggie droid cline kilocode kiro-cli kimi plandex",
  ),
  "claude-code": "claude",
  "claude-agent-acp": "claude",
  "claude-code-acp": "claude",
  "codex-acp": "codex",
  "gemini-cli": "gemini",
  "opencode-ai": "opencode",
  "qwen-code": "qwen",
  "aider-chat": "aider",
}

/** Other programs bear these names too: agents by these first words, or by none. */
const agentWords: Readonly<Record<string, readonly string[]>> = { goose: ["session", "run", "web", "acp", "mcp", "recipe", "schedule"] }

/** What is run is the script or package after it. */
const runsAnother = /^(?:node|nodejs|bun|deno|tsx|ts-node|ruby|php|pythonw?[\d.]*|pypy[\d.]*|sh|bash|dash|zsh|perl|npx|bunx|uvx|pipx)$/
/** `npm exec foo`: the program and the words that make it run a package. */
const runningPackages: Readonly<Record<string, readonly string[]>> = {
  npm: ["exec", "x"],
  pnpm: ["dlx", "exec"],
  yarn: ["dlx"],
  bun: ["x"],
  uv: ["run", "tool"],
}
/** Options of runtimes and runners that take the next word along. */
const takesAWord = /^(?:-r|--require|--import|--loader|--conditions|-C|-W|-X|--with|--from|--python|--directory|--project)$/
/** What follows is no file. */
const inlineCode = /^(?:-e|--eval|-p|--print|-c|--command)$/

/** Says nothing of what it is a part of. */
const generic = /^(?:cli|index|main|__main__|server|stdio|start|run|app|bin|entry|serve|mod)$/
const genericFolders = /^(?:dist|build|out|src|lib|bin|cli|bundle|cmd|stdio)$/
const isMcpWord = /(?:^|[^a-z0-9])mcp(?:[^a-z0-9]|$)/i
/** They look at files and ports of agents, and open them. */
const readers =
  /^(?:grep|egrep|rg|ag|ps|pgrep|tail|head|less|more|cat|bat|vim?|nvim|nano|emacs|code|find|fd|git|ls|cp|mv|rm|watch|sed|awk|man|ssh|scp|sudo|strace|gdb|lsof|docker)$/

/** `words`: its arguments as it was started. `executable`: the file that runs, where that can be read. */
export function recognise(words: readonly string[], executable: string | null): Kind | null {
  const subject = subjectOf(words)
  if (subject === null) return null
  const { path, rest } = subject
  const known = agentOf(path, rest) ?? (rest === words ? null : agentOf(words[0] ?? "", rest)) ?? agentOfExecutable(executable, rest)
  if (known !== null) return known
  if (readers.test(stemOf(path))) return null
  return mcpOf(path, rest)
}

interface Subject {
  /** The program, script, module or package. */
  readonly path: string
  /** The words after it. */
  readonly rest: readonly string[]
}

function subjectOf([first = "", ...words]: readonly string[]): Subject | null {
  if (first === "") return null
  const program = stemOf(first)
  // Whoever names itself anew writes one long word: `npm exec @scope/package`.
  if (first.startsWith("npm exec ")) return subjectOf([...first.split(" "), ...words])
  const running = runningPackages[program]
  if (running?.includes(words[0] ?? "")) return fromOptions(words[1] === "run" ? words.slice(2) : words.slice(1))
  if (program === "env") return subjectOf(words.filter((word) => !/^-|^\w+=/.test(word)))
  if (runsAnother.test(program)) return fromOptions(words[0] === "run" ? words.slice(1) : words)
  return { path: first, rest: words }
}

/** The first word that is no option. Null: there is none, or it is code. */
function fromOptions(words: readonly string[]): Subject | null {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ""
    const next = words[at + 1] ?? ""
    if (inlineCode.test(word)) return null
    if (word === "-m") return { path: next.replaceAll(".", "/"), rest: words.slice(at + 2) }
    if (takesAWord.test(word)) at += 1
    else if (!word.startsWith("-")) return { path: word, rest: words.slice(at + 1) }
  }
  return null
}

function agentOf(path: string, rest: readonly string[]): Kind | null {
  const name = agents[packageOf(path) ?? stemOf(path)] ?? agents[stemOf(path)]
  if (name === undefined) return null
  const [word] = rest
  const known = agentWords[name]
  if (known !== undefined && word !== undefined && !known.includes(word)) return null
  const isServer = (word === "mcp" && (rest[1] === "serve" || name === "goose")) || word === "mcp-server"
  return { kind: isServer ? "mcp" : "agent", name }
}

/** Claude's own installer names the file after its version. */
function agentOfExecutable(executable: string | null, rest: readonly string[]): Kind | null {
  return executable !== null && /\/claude\/versions\/[\d.]+$/.test(executable) ? agentOf("claude", rest) : null
}

function mcpOf(path: string, rest: readonly string[]): Kind | null {
  const name = packageOf(path) ?? nameOf(path)
  if (/@modelcontextprotocol\/server-/.test(path)) return { kind: "mcp", name }
  if (isMcpWord.test(name) || isMcpWord.test(stemOf(path)) || rest.includes("--mcp")) return { kind: "mcp", name }
  return null
}

/** Of `…/node_modules/@scope/name/dist/cli.js`, and of `@scope/name@1.2.3` as runners are given it: `name`. */
function packageOf(path: string): string | null {
  const installed = /.*\/node_modules\/(?:@[^/]+\/)?([^/]+)\//.exec(path)?.[1]
  if (installed !== undefined && !installed.startsWith(".")) return installed
  return /^@[^/]+\/([^/@]+)(?:@[^/]*)?$/.exec(path)?.[1] ?? /^([^/@]+)@[\w.]+$/.exec(path)?.[1] ?? null
}

/** `index.js` is named after the folder of its project, for people build their own servers. */
function nameOf(path: string): string {
  const stem = stemOf(path)
  if (!generic.test(stem)) return stem
  return (
    path
      .split("/")
      .slice(0, -1)
      .findLast((folder) => folder !== "" && !genericFolders.test(folder)) ?? stem
  )
}

function stemOf(path: string): string {
  return basename(path.replaceAll("\\", "/"))
    .replace(/^-/, "")
    .replace(/\.(?:[cm]?[jt]s|py|exe|rb|sh)$/, "")
}

function names(all: string): Record<string, string> {
  return Object.fromEntries(all.split(" ").map((name) => [name, name]))
}
