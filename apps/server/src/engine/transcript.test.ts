import type { Piece } from "@corral/contracts/turn"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import { Store } from "../store/store.ts"
import { Engine } from "./engine.ts"
import { item, onFreshHome, order, record, start, text, thread, turn, wake } from "./engine.test-support.ts"
import { readPage, readRow } from "./transcript.ts"

const page = (before: number | null, limit: number) =>
  Effect.flatMap(Store, (store) => store.read((tables) => readPage(tables, thread(1), { before, limit })))
const row = (n: number) => Effect.flatMap(Store, (store) => store.read((tables) => readRow(tables, thread(1), item(n))))

const tool = (n: number): Piece => ({
  _tag: "tool-started",
  itemId: item(n),
  turnId: turn(1),
  name: "Bash",
  kind: "command",
  title: "sleep",
  input: "sleep",
  parent: null,
})
const ended = (n: number, output = "done"): Piece => ({ _tag: "tool-ended", itemId: item(n), status: "done", output })

const complete = Effect.gen(function* () {
  const engine = yield* Engine
  const generation = engine.thread(thread(1))?.runtime.generation ?? 0
  yield* engine.record({ _tag: "turn.record-sent", threadId: thread(1), turnId: turn(1), generation })
  yield* engine.record({
    _tag: "turn.complete",
    threadId: thread(1),
    turnId: turn(1),
    generation,
    outcome: "completed",
    error: null,
    usage: null,
  })
})

const running = Effect.andThen(order(start(1, 1)), wake(1))
const said = (rows: readonly { readonly row: { readonly _tag: string; readonly text?: string; readonly itemId: string } }[]) =>
  rows.map(({ row: { _tag, text: words, itemId } }) => words ?? `${_tag} ${itemId}`)

describe("a page of a transcript", () => {
  it.effect("has the last rows, oldest first, and the page before it the rest", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* running
        for (let n = 1; n <= 5; n++) yield* record(1, [text(n, `text ${n}`)])
        const last = yield* page(null, 3)
        assert.deepStrictEqual([said(last.rows), last.more], [["text 3", "text 4", "text 5"], true])
        const first = yield* page(last.rows[0]?.place ?? 0, 3)
        assert.deepStrictEqual([said(first.rows), first.more], [["hello", "text 1", "text 2"], false])
      }),
    ),
  )

  it.effect("joins the segments of a row, wherever they lie", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* running
        yield* record(1, [text(1, "one ", { done: false }), text(2, "other")])
        yield* record(1, [text(1, "two", { offset: 4 })])
        assert.deepStrictEqual(said((yield* page(null, 10)).rows), ["hello", "one two", "other"])
      }),
    ),
  )

  it.effect("does not part rows of one event", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* running
        yield* record(1, [text(1, "a"), text(2, "b"), text(3, "c")])
        const last = yield* page(null, 1)
        assert.deepStrictEqual(said(last.rows), ["a", "b", "c"])
        assert.deepStrictEqual(said((yield* page(last.rows[0]?.place ?? 0, 1)).rows), ["hello"])
      }),
    ),
  )

  it.effect("shows a tool as it ended, though its end lies pages later", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* running
        yield* record(1, [tool(1)])
        for (let n = 2; n <= 9; n++) yield* record(1, [text(n, `text ${n}`)])
        yield* record(1, [ended(1)])
        const [, second] = (yield* page((yield* page(null, 8)).rows[0]?.place ?? 0, 5)).rows
        assert.deepInclude(second?.row, { _tag: "tool", status: "done", output: "done" })
      }),
    ),
  )

  it.effect("shows a tool as lost whose turn ended without it, and how long the turn took, from any page", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* running
        yield* record(1, [tool(1)])
        for (let n = 2; n <= 9; n++) yield* record(1, [text(n, `text ${n}`)])
        yield* TestClock.adjust("3 seconds")
        yield* complete
        const last = yield* page(null, 2)
        assert.deepInclude(last.rows.at(-1)?.row, { _tag: "ended", millis: 3000 })
        const all = (yield* page(null, 500)).rows
        const oldest = yield* page(all[2]?.place ?? 0, 500)
        assert.deepInclude(oldest.rows[1]?.row, { _tag: "tool", status: "lost" })
        assert.deepStrictEqual(oldest.rows, all.slice(0, 2))
      }),
    ),
  )

  it.effect("shows a queued message where its turn began, and none that was withdrawn", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* running
        yield* order(start(1, 2, "second"))
        yield* order(start(1, 3, "third"))
        yield* order({ _tag: "turn.interrupt", threadId: thread(1), turnId: turn(3) })
        yield* record(1, [text(1, "answer")])
        yield* complete
        const rows = said((yield* page(null, 10)).rows)
        assert.deepStrictEqual(
          rows.filter((words) => !words.startsWith("ended")),
          ["hello", "answer", "second"],
        )
      }),
    ),
  )

  it.effect("carries long tool output cut; the row itself is whole", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* running
        yield* record(1, [tool(1), ended(1, "x".repeat(20_000))])
        const shown = (yield* page(null, 10)).rows.at(-1)?.row
        assert.deepInclude(shown, { cutChars: 20_005 })
        const whole = yield* row(1)
        assert.strictEqual(whole?._tag === "tool" && whole.output.length, 20_000)
        assert.isUndefined(yield* row(2))
      }),
    ),
  )

  it.effect("stays within a frame: long texts make it shorter, and the rest is on the page before", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        yield* running
        for (let n = 1; n <= 8; n++) yield* record(1, [text(n, `${n}`.repeat(700_000))])
        const last = yield* page(null, 200)
        assert.strictEqual(last.rows.length, 2)
        assert.isTrue(last.more)
        assert.strictEqual((yield* page(last.rows[0]?.place ?? 0, 200)).rows.at(-1)?.row.itemId, item(6))
      }),
    ),
  )
})
