// corral certificates: the records of stops, newest first.
import type { Certificate, StopReason } from "@corral/contracts/certificate"
import { stopAskerWords } from "@corral/domain/views/stop-asker-words"
import { outcomeWords } from "@corral/domain/views/outcome-words"
import type { Command } from "commander"
import { bytes, span, time } from "./format.ts"
import { limitOption, reasonOption, spanOption } from "./option.ts"
import { short } from "./pick.ts"
import { counted, paint, table, type Cell } from "./print.ts"
import { withServer } from "./reach.ts"
import { threadIdOf } from "./thread/find.ts"
import { give, verb, type Options } from "./verb.ts"

interface CertificatesOptions extends Options {
  readonly thread?: string
  readonly since?: number
  readonly reason?: StopReason
  readonly limit: number
}

/** What fits a screen or two. */
const fewCertificates = 50

export function certificates(parent: Command): void {
  verb(parent, {
    words: "certificates",
    about: "list the records of stops: why, who asked, how, what was freed, how many were left and when that was seen",
    examples: ["corral certificates --since 1h", "corral certificates --reason memory", "corral certificates --thread 4f9 --json"],
  })
    .option("--thread <thread>", "only those of one thread; of a deleted one by its whole id")
    .addOption(spanOption("--since <time>", "only those of the last so long: 30m, 1h, 2d"))
    .addOption(reasonOption())
    .addOption(limitOption(fewCertificates))
    .action((options: CertificatesOptions) =>
      withServer(async (connection) => {
        const threadId = options.thread === undefined ? null : await threadIdOf(connection, options.thread)
        const since = options.since === undefined ? null : Date.now() - options.since
        const asked = { threadId, since, before: null, reason: options.reason ?? null, limit: options.limit }
        give(options, await connection.call("certificates", asked), lines)
      }),
    )
}

function lines(found: readonly Certificate[]): string[] {
  if (found.length === 0) return [paint("dim", "no certificates")]
  return table(
    found.map(({ endedAt, startedAt, outcome, unseen, reason, askedBy, provider, killed, freedBytes, left, threadIds, titles }): Cell[] => [
      { text: time(endedAt), style: "dim" },
      {
        text: outcomeWords({ outcome, ...(unseen !== undefined && { unseen }) }),
        style: outcome === "stuck" ? "red" : unseen === undefined ? "green" : "yellow",
      },
      { text: reason },
      { text: `by ${stopAskerWords({ reason, askedBy })}`, style: "dim" },
      { text: provider },
      { text: `${counted(killed.length, "signal")}`, right: true },
      { text: `${bytes(freedBytes)} freed`, right: true },
      { text: `${left} left`, right: true, ...(left > 0 && { style: "red" as const }) },
      { text: span(endedAt - startedAt), right: true, style: "dim" },
      { text: threadIds.map(short).join(" "), style: "dim" },
      { text: titles?.join(", ") ?? "" },
    ]),
  )
}
