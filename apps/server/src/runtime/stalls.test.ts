import type { TreeView } from "@corral/contracts/tree"
import { RequestId } from "@corral/contracts/ids"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { Engine } from "../engine/engine.ts"
import { order, start, thread, turn, wake } from "../engine/engine.test-support.ts"
import { jumping } from "./jumping.test-support.ts"
import { Look } from "./look.ts"
import { onStage, type Played } from "./played.test-support.ts"
import { sessionId } from "./session-id.ts"
import { Stalls } from "./stalls.ts"

const stalled = Effect.map(Stalls, (stalls) => stalls.of(thread(1)))

interface Tree {
  looks: number
  cpuMillis: number
  complete: boolean
}

/** A turn of thread 1 runs, in a tree whose processor time the test turns. */
const running = (played: Played) =>
  Effect.gen(function* () {
    const clock = yield* Clock.Clock
    yield* order(start(1, 1))
    const { treeId, generation } = yield* wake(1)
    const tree: Tree = { looks: 0, cpuMillis: 500, complete: true }
    const view = (): TreeView => ({
      treeId,
      provider: "played",
      sessions: [sessionId(thread(1), generation)],
      state: "running",
      rung: null,
      tier: "played",
      rootPid: 7,
      launchedAt: 0,
      bytesIn: 0,
      bytesOut: 0,
      lastOutputAt: null,
      memoryBytes: 0,
      processes: [{ pid: 7, startedAt: 0, ppid: 1, command: "agent", memoryBytes: 0, cpuPercent: 0, cpuMillis: tree.cpuMillis }],
    })
    played.answers.trees = () => {
      tree.looks++
      return { checkedAt: clock.currentTimeMillisUnsafe(), complete: tree.complete, lookMillis: 1, trees: [view()], strays: [] }
    }
    return { tree, treeId, generation }
  })

describe("a running turn", () => {
  it.effect("that shows no sign of work for its time is stalled, after two looks", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const { tree } = yield* running(played)
        yield* TestClock.adjust("9 minutes")
        assert.deepStrictEqual([yield* stalled, tree.looks], [null, 1])
        yield* TestClock.adjust("1 minute")
        assert.deepStrictEqual(yield* stalled, { heardAt: 0, since: 60_000, until: 600_000, cpuMillis: 0 })
        assert.strictEqual(tree.looks, 2)
        assert.strictEqual((yield* Engine).thread(thread(1))?.runtime.state, "busy")
      }),
    ),
  )

  it.effect("whose agent talks is never looked at", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const { tree, treeId } = yield* running(played)
        for (let n = 1; n <= 60; n++) {
          yield* TestClock.adjust("50 seconds")
          played.tell({ _tag: "line", treeId, n, line: "{}" })
        }
        assert.deepStrictEqual([yield* stalled, tree.looks], [null, 0])
      }),
    ),
  )

  it.effect("works again with the first line, and with the first look that sees it work", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const { tree, treeId } = yield* running(played)
        const told: unknown[] = []
        ;(yield* Stalls).onChange(() => void told.push(0))
        yield* TestClock.adjust("10 minutes")
        played.tell({ _tag: "line", treeId, n: 1, line: "{}" })
        assert.deepStrictEqual([yield* stalled, told.length], [null, 2])
        yield* TestClock.adjust("10 minutes")
        assert.isNotNull(yield* stalled)
        tree.cpuMillis += 5_000
        const { trees } = yield* Effect.flatMap(Look, (look) => look.processes(null))
        assert.deepStrictEqual([yield* stalled, trees[0]?.threads[0]?.stalled], [null, undefined])
      }),
    ),
  )

  it.effect("begins anew when a person waits on, and is stalled again after the whole time", () =>
    onStage((played) =>
      Effect.gen(function* () {
        yield* running(played)
        yield* TestClock.adjust("10 minutes")
        yield* (yield* Stalls).waitOn(thread(1))
        assert.isNull(yield* stalled)
        yield* TestClock.adjust("590 seconds")
        assert.isNull(yield* stalled)
        yield* TestClock.adjust("10 seconds")
        assert.include(yield* stalled, { heardAt: 0 })
      }),
    ),
  )

  it.effect.each([
    ["before the first look", 0],
    ["after it", 5],
  ] as const)("is not stalled for what it did not do while the machine was suspended %s", ([, minutes]) =>
    Effect.gen(function* () {
      const { clock, jump } = yield* jumping
      const story = onStage((played) =>
        Effect.gen(function* () {
          yield* running(played)
          yield* TestClock.adjust(`${minutes} minutes`)
          jump(8 * 3_600_000)
          yield* TestClock.adjust("9 minutes")
          assert.isNull(yield* stalled)
          // A jump is noticed when the clock is looked at next, and the whole time begins with that.
          yield* TestClock.adjust("11 minutes")
          assert.isNotNull(yield* stalled)
        }),
      )
      yield* Effect.provideService(story, Clock.Clock, clock)
    }),
  )

  it.effect("of which nothing could be seen is not called anything", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const { tree } = yield* running(played)
        tree.complete = false
        yield* TestClock.adjust("1 hour")
        assert.isNull(yield* stalled)
        assert.isAtMost(tree.looks, 61)
      }),
    ),
  )
})

describe("a turn that waits for a person, or has ended", () => {
  it.effect("is not stalled", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const { generation } = yield* running(played)
        const engine = yield* Engine
        yield* TestClock.adjust("10 minutes")
        assert.isNotNull(yield* stalled)
        const what = {
          requestId: RequestId.make("req_1"),
          turnId: turn(1),
          kind: "command",
          toolName: "Run",
          subject: "ls",
          cwd: null,
        } as const
        yield* engine.record({
          _tag: "turn.record-request",
          threadId: thread(1),
          generation,
          request: { ...what, always: null, questions: [], openedAt: 0 },
        })
        assert.isNull(yield* stalled)
        yield* TestClock.adjust("1 hour")
        assert.isNull(yield* stalled)
      }),
    ),
  )
})
