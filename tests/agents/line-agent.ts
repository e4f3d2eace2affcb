// An agent that speaks lines and misbehaves as told: `node line-agent.ts [deaf-to-term] [deaf-to-eof] [dies-at-start]`. Each line is an order:
//   say TEXT      answers `said TEXT`            flood N       writes N lines of 100 characters at once
//   zoo KIND…     starts these, answers `zoo`    half TEXT     writes TEXT without an end of line
//   exit CODE     leaves                         crash         ends itself by SIGKILL
import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { hoppingKinds, restingKinds, zooArguments } from "./zoo.ts"

const lifetimeMillis = 15 * 60_000
const floodLine = `${"f".repeat(99)}\n`
const faults = new Set(process.argv.slice(2))

const startZoo = (names: readonly string[]): void => {
  for (const kind of [...restingKinds, ...hoppingKinds].filter((candidate) => names.includes(candidate))) {
    const [command, ...args] = zooArguments(kind)
    spawn(command, args, { stdio: "ignore" })
  }
  process.stdout.write("zoo\n")
}

const obey = (line: string): void => {
  const [order = "", ...words] = line.split(" ")
  const rest = words.join(" ")
  if (order === "say") process.stdout.write(`said ${rest}\n`)
  if (order === "half") process.stdout.write(rest)
  if (order === "flood") process.stdout.write(floodLine.repeat(Number(rest)))
  if (order === "zoo") startZoo(words)
  if (order === "exit") process.exit(Number(rest))
  if (order === "crash") process.kill(process.pid, "SIGKILL")
}

if (faults.has("dies-at-start")) {
  process.stderr.write("line-agent: told to die at the start\n")
  process.exit(3)
}
if (faults.has("deaf-to-term")) for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => {})
setTimeout(() => process.exit(0), lifetimeMillis)
const input = createInterface({ input: process.stdin }).on("line", obey)
input.on("close", () => !faults.has("deaf-to-eof") && process.exit(0))
