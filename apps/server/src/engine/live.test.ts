import type { Stored, ThreadEvent } from "@corral/contracts/event"
import type { Live } from "@corral/contracts/rpc"
import type { Piece } from "@corral/contracts/turn"
import { afterEach, assert, beforeEach, describe, it, vi } from "@effect/vitest"
import { item, text, thread, turn } from "./engine.test-support.ts"
import { LiveText, type LivePieces } from "./live.ts"

const piece = (n: number, offset: number, said: string): Live => ({ itemId: item(n), turnId: turn(1), kind: "text", offset, text: said })
const stored = (event: ThreadEvent): readonly Stored[] => [{ seq: 1, at: 1, event }]
const recorded = (...pieces: readonly Piece[]) => stored({ _tag: "turn.recorded", threadId: thread(1), pieces })
const offsets = (pieces: readonly Live[]) => pieces.map(({ itemId, offset, text: said }) => [itemId, offset, said])

let told: LivePieces[]
let live: LiveText

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  live = new LiveText((pieces) => void told.push(pieces))
})
afterEach(() => vi.useRealTimers())

describe("text on its way", () => {
  it("is told once per frame, joined per row", () => {
    live.add(thread(1), [piece(1, 0, "He"), piece(2, 0, "a")])
    live.add(thread(1), [piece(1, 2, "llo"), piece(2, 1, "b")])
    assert.deepStrictEqual(told, [])
    vi.advanceTimersByTime(20)
    assert.deepStrictEqual(
      told.map(({ pieces }) => offsets(pieces)),
      [
        [
          [item(1), 0, "Hello"],
          [item(2), 0, "ab"],
        ],
      ],
    )
    vi.advanceTimersByTime(100)
    assert.strictEqual(told.length, 1)
  })

  it("that does not connect is not joined", () => {
    live.add(thread(1), [piece(1, 0, "He"), piece(1, 7, "later")])
    vi.advanceTimersByTime(20)
    assert.deepStrictEqual(offsets(told[0]?.pieces ?? []), [
      [item(1), 0, "He"],
      [item(1), 7, "later"],
    ])
  })

  it("of one thread is not told with another's", () => {
    live.add(thread(1), [piece(1, 0, "one")])
    live.add(thread(2), [piece(2, 0, "two")])
    vi.advanceTimersByTime(20)
    assert.deepStrictEqual(
      told.map(({ threadId }) => threadId),
      [thread(1), thread(2)],
    )
  })

  it("is told before the event that carries it, never after", () => {
    live.add(thread(1), [piece(1, 0, "Hello")])
    live.settle(recorded(text(1, "Hello")))
    assert.strictEqual(told.length, 1)
    vi.advanceTimersByTime(100)
    assert.strictEqual(told.length, 1)
  })
})

describe("what a newcomer is shown", () => {
  it("is the text that no event carries yet", () => {
    live.add(thread(1), [piece(1, 0, "Hello"), piece(1, 5, " world")])
    assert.deepStrictEqual(offsets(live.open(thread(1))), [[item(1), 0, "Hello world"]])
    live.settle(recorded(text(1, "Hello", { done: false })))
    assert.deepStrictEqual(offsets(live.open(thread(1))), [[item(1), 5, " world"]])
    live.settle(recorded(text(1, " world", { offset: 5 })))
    assert.deepStrictEqual(live.open(thread(1)), [])
  })

  it("is told to the others at once, so that all stand at the same place", () => {
    live.add(thread(1), [piece(1, 0, "Hello")])
    live.open(thread(1))
    assert.strictEqual(told.length, 1)
  })

  it("has the end of a long text only: the rest comes with its event", () => {
    for (let at = 0; at < 200; at++) live.add(thread(1), [piece(1, at * 1000, "x".repeat(1000))])
    const [row] = live.open(thread(1))
    assert.strictEqual(row?.text.length, 64 * 1024)
    assert.strictEqual((row?.offset ?? 0) + 64 * 1024, 200_000)
  })

  it("has the newest rows only, where an agent opens them without end", () => {
    for (let n = 0; n < 100; n++) live.add(thread(1), [piece(n, 0, "x")])
    const rows = live.open(thread(1))
    assert.strictEqual(rows.length, 64)
    assert.strictEqual(rows.at(-1)?.itemId, item(99))
  })

  it.each<readonly [string, ThreadEvent]>([
    ["the turn ends", { _tag: "turn.completed", threadId: thread(1), turnId: turn(1), outcome: "interrupted", error: null, usage: null }],
    ["the thread is deleted", { _tag: "thread.deleted", threadId: thread(1) }],
    [
      "the runtime stops",
      {
        _tag: "runtime.stopped",
        threadId: thread(1),
        generation: 1,
        certificateId: "crt_1",
        reason: "stop",
        freedBytes: 0,
        left: 0,
        outcome: "gone",
      },
    ],
  ])("is nothing once %s", (_, event) => {
    live.add(thread(1), [piece(1, 0, "Hello")])
    live.settle(stored(event))
    assert.deepStrictEqual(live.open(thread(1)), [])
  })
})
