// corral thread list: newest first, with what each is doing.
import type { ThreadSummary } from "@corral/contracts/thread"
import { placeWords } from "@corral/domain/views/admission-words"
import type { Command } from "commander"
import { span } from "../format.ts"
import { short } from "../pick.ts"
import { paint, table, type Cell, type Style } from "../print.ts"
import { findProject } from "../project/find.ts"
import { withServer } from "../reach.ts"
import { give, verb, type Options } from "../verb.ts"
import { allThreads } from "./find.ts"

interface ListOptions extends Options {
  readonly archived?: true
  readonly project?: string
}

export function listThreads(parent: Command): void {
  verb(parent, {
    words: "list",
    about: "list threads, newest first",
    examples: ["corral thread list", "corral thread list --archived --json"],
  })
    .option("--archived", "the archived ones instead of the active ones")
    .option("--project <project>", "only those of a project (id or folder)")
    .action((options: ListOptions) =>
      withServer(async (connection) => {
        const projectId = options.project === undefined ? null : (await findProject(connection, options.project)).projectId
        const threads = await allThreads(connection, options.archived ? "archived" : "active", projectId)
        give(options, threads, () => lines(threads))
      }),
    )
}

function lines(threads: readonly ThreadSummary[]): string[] {
  if (threads.length === 0) return [paint("dim", "no threads; next: corral thread new --project DIR")]
  const now = Date.now()
  return table(
    threads.map((thread): Cell[] => [
      { text: short(thread.threadId), style: "dim" },
      { text: doing(thread), style: styleOf(thread) },
      { text: thread.provider },
      { text: span(now - thread.touchedAt), style: "dim", right: true },
      { text: thread.title },
    ]),
  )
}

/** What a person would want to know first. */
function doing({ waiting, admission, heavy, stalled, busy, queued, runtime, lastOutcome }: ThreadSummary): string {
  if (waiting !== null) return `waits: ${waiting}`
  if (runtime === "stuck") return "stuck"
  if (heavy?.endsAt != null) return "over its memory limit"
  if (admission !== undefined) return placeWords(admission)
  if (stalled !== undefined) return "stalled"
  if (busy) return queued > 0 ? `busy, ${queued} queued` : "busy"
  return lastOutcome === "failed" ? `${runtime}, failed` : runtime
}

function styleOf({ waiting, admission, heavy, stalled, busy, runtime, lastOutcome }: ThreadSummary): Style {
  if (waiting !== null) return "yellow"
  if (runtime === "stuck" || lastOutcome === "failed") return "red"
  if (stalled !== undefined || admission !== undefined || heavy?.endsAt != null) return "yellow"
  return busy ? "cyan" : "dim"
}
