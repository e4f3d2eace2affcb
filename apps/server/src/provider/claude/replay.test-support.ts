// A line to an agent that is not there: what a real one said is said again, each time after it was asked what it was asked then.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import type { AgentLine, Exit } from "../provider.ts"

/** One line of a recording: to the agent, from it, or how it ended. */
const Entry = Schema.Union([
  Schema.Struct({ to: Schema.Record(Schema.String, Schema.Unknown) }),
  Schema.Struct({ from: Schema.Record(Schema.String, Schema.Unknown) }),
  Schema.Struct({ exit: Schema.Struct({ code: Schema.NullOr(Schema.Int), signal: Schema.NullOr(Schema.String), stderr: Schema.String }) }),
])
type Entry = typeof Entry.Type
type Message = Readonly<Record<string, unknown>>

export const fixtures = join(import.meta.dirname, "fixtures")

export const fixtureName = (test: string): string => `${test.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.jsonl`

export const readFixture = (name: string): readonly Entry[] =>
  readFileSync(join(fixtures, name), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Schema.decodeUnknownSync(Schema.fromJsonString(Entry))(line))

export function replay(entries: readonly Entry[]): AgentLine {
  const rest = [...entries]
  const asked: Message[] = []
  /** Ids that the SDK makes anew each time: recorded → now. */
  const ids = new Map<string, string>()
  let said = 0
  let onLine: (line: string, n: number) => void = () => undefined
  let onExit: (exit: Exit) => void = () => undefined
  let isWaiting = true

  const step = () => {
    for (let entry = rest[0]; entry !== undefined && !isWaiting; entry = rest[0]) {
      if ("to" in entry && !takeAsked(entry.to)) return
      rest.shift()
      if ("from" in entry) onLine(withIds(JSON.stringify(entry.from), ids), ++said)
      if ("exit" in entry) onExit(entry.exit)
    }
  }
  const takeAsked = (recorded: Message): boolean => {
    const at = asked.findIndex((message) => kindOf(message) === kindOf(recorded))
    const [message] = at === -1 ? [] : asked.splice(at, 1)
    if (message !== undefined) for (const [then, now] of pairs(recorded, message)) ids.set(then, now)
    return message !== undefined
  }
  return {
    pid: 1,
    write: async (lines) => {
      for (const line of lines) asked.push(JSON.parse(line))
      setImmediate(step)
    },
    onLine: (listener) => {
      onLine = listener
      isWaiting = false
      setImmediate(step)
    },
    onExit: (listener) => (onExit = listener),
    requestStop: () => undefined,
  }
}

/** What a line asks for, whatever it is called this time. */
function kindOf(message: Message): string {
  const request = message["request"]
  const subtype = isMessage(request) ? request["subtype"] : ""
  return `${String(message["type"])} ${String(subtype)}`
}

/** The ids of a recorded line beside those of the same line now. */
const pairs = (then: Message, now: Message): readonly (readonly [string, string])[] =>
  ["request_id", "uuid"].flatMap((key) => {
    const [recorded, actual] = [then[key], now[key]]
    return typeof recorded === "string" && typeof actual === "string" ? [[recorded, actual] as const] : []
  })

const withIds = (text: string, ids: ReadonlyMap<string, string>): string =>
  [...ids].reduce((sofar, [then, now]) => sofar.replaceAll(then, now), text)

const isMessage = (value: unknown): value is Message => typeof value === "object" && value !== null
