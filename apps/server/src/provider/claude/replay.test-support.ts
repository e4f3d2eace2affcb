// An agent that is not there: what a real one said is said again, each time after it was asked what it was asked then.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { PassThrough } from "node:stream"
import type { Exit } from "@corral/supervisor/src/pipes.ts"
import * as Schema from "effect/Schema"
import type { HeldAgent } from "../conformance-talk.ts"
import { holdAgent } from "../hold-agent.test-support.ts"

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

export function replay(entries: readonly Entry[]): HeldAgent {
  const rest = [...entries]
  const asked: Message[] = []
  /** Ids that the SDK makes anew each time: recorded → now. */
  const ids = new Map<string, string>()
  const ends = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() }
  const exited = Promise.withResolvers<Exit>()

  const step = () => {
    for (let entry = rest[0]; entry !== undefined; entry = rest[0]) {
      if ("to" in entry && !takeAsked(entry.to)) return
      rest.shift()
      if ("from" in entry) ends.stdout.write(`${withIds(JSON.stringify(entry.from), ids)}\n`)
      if ("exit" in entry) leave(entry.exit)
    }
  }
  const takeAsked = (recorded: Message): boolean => {
    const at = asked.findIndex((message) => kindOf(message) === kindOf(recorded))
    const [message] = at === -1 ? [] : asked.splice(at, 1)
    if (message !== undefined) for (const [then, now] of pairs(recorded, message)) ids.set(then, now)
    return message !== undefined
  }
  const leave = ({ stderr, ...exit }: Exit & { readonly stderr: string }) => {
    ends.stderr.end(stderr)
    ends.stdout.end()
    ends.stdin.destroy()
    exited.resolve(exit)
  }
  createInterface({ input: ends.stdin }).on("line", (line) => {
    asked.push(JSON.parse(line))
    step()
  })
  step()
  return holdAgent({ pid: 1, ends, exited: exited.promise, requestStop: () => undefined })
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
