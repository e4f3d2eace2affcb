// Reads a prompt as a script, one step a line. Text whose first line is no step is free text.

/** What a line may begin with, what follows it, and what it does: the table behind the parser and behind what newcomers are told. */
export const steps = {
  say: ["TEXT", "streams the text"],
  slow: ["N [MS]", "streams N pieces, MS apart"],
  think: ["TEXT", "thinks aloud"],
  run: ["COMMAND", "runs a command"],
  write: ["PATH TEXT", "writes a file in the project"],
  ask: ["QUESTION | A | B", "asks you, and waits"],
  plan: ["A; B; C", "shows a plan and ticks it off"],
  background: ["COMMAND", "starts a command that goes on after the turn"],
  recall: ["", "tells what was said before in this session"],
  daemon: ["", "leaves a process behind that hides from its parent"],
  "silent-tool": ["[SECONDS]", "runs a tool that says nothing"],
  hang: ["", "never finishes the turn"],
  "ignore-term": ["", "from now on ignores SIGTERM"],
  deaf: ["", "from now on ignores that its input ended"],
  flood: ["", "talks without a pause, faster than anybody reads"],
  mute: ["", "closes its output and stays"],
  crash: ["[CODE]", "exits at once, in mid turn"],
  error: ["TEXT", "fails the turn"],
} as const

export type Verb = keyof typeof steps
export interface Step {
  readonly verb: Verb
  readonly rest: string
}

const isVerb = (word: string): word is Verb => Object.hasOwn(steps, word)

/** Null: free text. A later line that is no step is said as it stands. */
export function parseScript(prompt: string): readonly Step[] | null {
  const lines = prompt.split("\n").map((line) => line.trim())
  const parsed = lines.filter((line) => line !== "").map(parseLine)
  return parsed[0] === undefined || parsed[0].verb === undefined ? null : parsed.map(({ verb, rest }) => ({ verb: verb ?? "say", rest }))
}

function parseLine(line: string): { readonly verb: Verb | undefined; readonly rest: string } {
  const [, word = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(line) ?? []
  const bare = steps[isVerb(word) ? word : "say"][0] === "" && rest !== ""
  return isVerb(word) && !bare ? { verb: word, rest } : { verb: undefined, rest: line }
}
