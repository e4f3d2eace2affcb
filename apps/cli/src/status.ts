// corral status: what runs, and what is wrong. Starts nothing.
import type { Status } from "@corral/contracts/rpc"
import type { Command } from "commander"
import { exitCodes } from "./failure.ts"
import { bytes, span } from "./format.ts"
import { home } from "./home.ts"
import { paint, table } from "./print.ts"
import { findServer, withConnection } from "./reach.ts"
import { give, verb, type Options } from "./verb.ts"

export function status(parent: Command): void {
  verb(parent, {
    words: "status",
    about: "say whether Corral runs, and what is wrong; exit code 4 where it does not run",
    examples: ["corral status", "corral status --json"],
  }).action(async (options: Options) => {
    const server = await findServer()
    if (server === undefined) {
      give(options, { running: false, home: home() }, () => [`Corral is not running (${home()}); next: corral start`])
      process.exitCode = exitCodes.unreachable
      return
    }
    const found = await withConnection(server, (connection) => connection.call("status", {}))
    give(options, { running: true, ...found }, () => lines(found))
  })
}

/** When an idle session sleeps, how many may be awake, and how long one lives without a server. */
function residency({ idleMillis, memoryFloorPercent, stallMillis, holdMillis, mostAwake, memoryLimitBytes }: Status): string {
  const early = memoryFloorPercent === 0 ? "" : `, or when under ${memoryFloorPercent} % of memory is free`
  const most = mostAwake === 0 ? "" : `; at most ${mostAwake} awake`
  const limit = memoryLimitBytes === 0 ? "" : `; at most ${bytes(memoryLimitBytes)} each`
  const stalled = stallMillis === 0 ? "" : `; stalled after ${span(stallMillis)}`
  return `asleep after ${span(idleMillis)}${early}${most}${limit}${stalled}; held for ${span(holdMillis)} without a server`
}

function lines(found: Status): string[] {
  const { supervisor } = found
  const facts: [string, string][] = [
    ["address", found.address],
    ["home", found.home],
    [
      "server",
      `${found.version}, pid ${found.pid}, up ${span(Date.now() - found.startedAt)}, ${found.memoryBytes === null ? "memory not known" : bytes(found.memoryBytes)}`,
    ],
    [
      "supervisor",
      supervisor === null
        ? "not on the line"
        : `pid ${supervisor.pid}, ${supervisor.tier}, watcher ${supervisor.watcherArmed ? "armed" : "NOT armed"}`,
    ],
    ["threads", `${found.threads}, ${found.awake} awake${found.waiting === 0 ? "" : `, ${found.waiting} wait in line`}`],
    ["residency", residency(found)],
  ]
  const problems = found.problems.map((problem) => paint("red", `✗ ${problem}`))
  return [...table(facts.map(([name, text]) => [{ text: name, style: "dim" }, { text }])), ...problems]
}
