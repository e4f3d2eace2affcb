// corral thread show: all there is to know of one thread but its conversation.
import type { ThreadId } from "@corral/contracts/ids"
import type { Sight } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import { admissionWords, placeWords } from "@corral/domain/views/admission-words"
import { stalledWords } from "@corral/domain/views/stalled-words"
import { outcomeWords } from "@corral/domain/views/outcome-words"
import type { Command } from "commander"
import { clip, bytes, heavyWords, span, time } from "../format.ts"
import { paint, table, width } from "../print.ts"
import { requestLines } from "../request.ts"
import { withServer } from "../reach.ts"
import { give, verb, type Options } from "../verb.ts"
import { findThread } from "./find.ts"

export function show(parent: Command): void {
  verb(parent, {
    words: "show <thread>",
    about: "show a thread: its settings, its turn, what waits for an answer, what runs",
    examples: ["corral thread show thr_4f9k2m", "corral thread show 4f9 --json"],
  }).action((typed: string, options: Options) =>
    withServer(async (connection) => {
      const found = await findThread(connection, typed)
      give(options, await connection.call("thread", { threadId: found.threadId }), (thread) => lines(thread, found))
    }),
  )
}

function lines(thread: Thread, sight: Sight): string[] {
  const facts = [
    ["thread", thread.threadId],
    ["project", thread.projectId],
    ["status", thread.status],
    ["agent", [thread.config.provider, thread.config.model, thread.config.effort, thread.config.mode].filter(Boolean).join(", ")],
    ["runtime", runtime(thread)],
    ["turn", thread.turn === null ? "none" : `${clip(thread.turn.text, width() - 30)} (since ${time(thread.turn.startedAt)})`],
    ...sightFacts(thread.threadId, sight),
    ...thread.queue.map(({ text }) => ["queued", clip(text, width() - 12)]),
    ["last", [thread.lastOutcome ?? "no turn yet", thread.lastError].filter(Boolean).join(": ")],
    ["created", time(thread.createdAt)],
  ]
  const rows = facts.map(([name = "", value = ""]) => [{ text: name, style: "dim" as const }, { text: value }])
  return [paint("bold", thread.title), ...table(rows), ...thread.requests.flatMap((request) => requestLines(thread.threadId, request))]
}

/** What is known, and what can be done about it. */
function sightFacts(threadId: ThreadId, { stalled, admission, heavy }: Sight): string[][] {
  const acts = (...verbs: readonly string[]) => verbs.map((words) => ["", `corral thread ${words} ${threadId}`])
  return [
    ...(admission === undefined
      ? []
      : [["waits", `${placeWords(admission)}: ${admissionWords(admission)}`], ...acts("admit", "interrupt")]),
    ...(heavy === undefined ? [] : [["memory", heavyWords(heavy)], ...(heavy.endsAt === null ? [] : acts("wait-on", "stop"))]),
    ...(stalled === undefined ? [] : [["stalled", stalledWords(stalled, Date.now())], ...acts("wait-on", "interrupt", "stop")]),
  ]
}

function runtime({ runtime: { state, since, background, keptUntil, lastStop } }: Thread): string {
  const said = [`${state} for ${span(Date.now() - since)}`]
  if (keptUntil !== null) said.push(keptUntil === 0 ? "kept awake" : `kept awake until ${time(keptUntil)}`)
  if (background.length > 0) said.push(`in the background: ${background.map(({ title }) => title).join(", ")}`)
  if (lastStop !== null)
    said.push(`last stop: ${lastStop.reason}, ${outcomeWords(lastStop)}, ${bytes(lastStop.freedBytes)} freed, ${lastStop.left} left`)
  return said.join("; ")
}
