import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { TreeView } from "@corral/contracts/tree"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { thread, wake } from "../engine/engine.test-support.ts"
import { Store } from "../store/store.ts"
import { Look } from "./look.ts"
import { MemoryHistory } from "./memory-history.ts"
import { onStage, proofOf, type Played } from "./played.test-support.ts"
import { recordCertificate } from "./record.ts"
import { sessionId } from "./session-id.ts"

type Services = Effect.Services<ReturnType<Parameters<typeof onStage>[0]>>

/** On a stage where somebody keeps the history. */
const remembering = <A, E>(work: (played: Played) => Effect.Effect<A, E, Services | MemoryHistory>) =>
  onStage((played) => Effect.provide(work(played), MemoryHistory.layer, { local: true }))

/** One run of a server, to its end, on the home of the stage. */
const server = <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.provide(work, MemoryHistory.layer, { local: true })

const past = Effect.flatMap(MemoryHistory, (history) => history.past("1h"))

interface Machine {
  readonly trees: TreeView[]
  looks: { readonly ports: boolean }[]
}

const machineOf = (played: Played) =>
  Effect.map(Clock.Clock, (clock) => {
    const machine: Machine = { trees: [], looks: [] }
    played.answers.trees = ({ ports = false }) => {
      machine.looks.push({ ports })
      const trees = [...machine.trees]
      return { checkedAt: clock.currentTimeMillisUnsafe(), complete: true, lookMillis: 1, trees, strays: [], ownBytes: 2048 }
    }
    return machine
  })

const begin = (machine: Machine) =>
  Effect.gen(function* () {
    const { treeId, generation } = yield* wake(1)
    const facts = { provider: "played", state: "running", rung: null, tier: "played", rootPid: 7, launchedAt: 0, processes: [] } as const
    const output = { bytesIn: 0, bytesOut: 0, lastOutputAt: null }
    machine.trees.push({ treeId, sessions: [sessionId(thread(1), generation)], memoryBytes: 5 * 1024, ...facts, ...output })
    yield* TestClock.adjust("1 millis")
    return treeId
  })

describe("the history of memory", () => {
  it.effect("looks at nothing while nothing runs", () =>
    remembering((played) =>
      Effect.gen(function* () {
        const machine = yield* machineOf(played)
        yield* TestClock.adjust("3 hours")
        assert.deepStrictEqual(machine.looks, [])
        assert.deepStrictEqual((yield* past).at, [])
      }),
    ),
  )

  it.effect("looks when the first session has come, once a minute, and when the last has gone; never for ports", () =>
    remembering((played) =>
      Effect.gen(function* () {
        const machine = yield* machineOf(played)
        yield* TestClock.adjust("30 seconds")
        const treeId = yield* begin(machine)
        assert.lengthOf(machine.looks, 1)
        yield* TestClock.adjust("150 seconds")
        assert.deepStrictEqual(machine.looks, [{ ports: false }, { ports: false }, { ports: false }])
        machine.trees.splice(0)
        yield* recordCertificate(proofOf(1, treeId))
        yield* TestClock.adjust("5 minutes")
        assert.lengthOf(machine.looks, 4)
        const { sessions, supervisor } = yield* past
        assert.deepStrictEqual(
          sessions.map(({ key, kib }) => [key, kib]),
          [[thread(1), [5, 5, 5, 0, 0, 0, 0, 0, 0]]],
        )
        assert.deepStrictEqual(supervisor, [2, 2, 2, 2, null, null, null, null, null])
      }),
    ),
  )

  it.effect("keeps what others look at, and makes no look of its own meanwhile", () =>
    remembering((played) =>
      Effect.gen(function* () {
        const machine = yield* machineOf(played)
        yield* begin(machine)
        yield* TestClock.adjust("50 seconds")
        machine.trees.splice(0, 1, ...machine.trees.map((tree) => ({ ...tree, memoryBytes: 9 * 1024 })))
        yield* Effect.flatMap(Look, (look) => look.processes(thread(2)))
        yield* TestClock.adjust("55 seconds")
        assert.deepStrictEqual(machine.looks, [{ ports: false }, { ports: true }])
        assert.deepStrictEqual((yield* past).sessions, [{ key: thread(1), title: "Thread 1", kib: [9] }])
        yield* TestClock.adjust("10 seconds")
        assert.lengthOf(machine.looks, 3)
      }),
    ),
  )

  it.effect("has a gap where a look could not be made or did not come to rest, and looks again in a minute", () =>
    remembering((played) =>
      Effect.gen(function* () {
        const machine = yield* machineOf(played)
        yield* begin(machine)
        const well = played.answers.trees
        played.answers.trees = (asked) => ({ ...(well?.(asked) ?? assert.fail("nobody looks")), complete: false })
        yield* TestClock.adjust("10 minutes")
        played.answers.trees = well ?? assert.fail("nobody looks")
        yield* TestClock.adjust("1 minute")
        const { at, gapMillis } = yield* past
        assert.lengthOf(at, 2)
        assert.isAbove((at[1] ?? 0) - (at[0] ?? 0), gapMillis)
      }),
    ),
  )

  it.effect("is what the next server knows too, with its start as a gap; it is written with the first look, then every five minutes", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const machine = yield* machineOf(played)
        const file = join((yield* Store).home, "memory-history.json")
        const written = () => (existsSync(file) ? readFileSync(file, "utf8") : null)
        const [first, early, late, end] = yield* server(
          Effect.gen(function* () {
            const before = written()
            yield* begin(machine)
            const one = written()
            yield* TestClock.adjust("4 minutes")
            const same = written() === one
            yield* TestClock.adjust("1 minute")
            return [before, [one !== null, same], written() !== one, yield* past] as const
          }),
        )
        assert.deepStrictEqual([first, early, late], [null, [true, true], true])
        yield* TestClock.adjust("30 seconds")
        yield* server(
          Effect.gen(function* () {
            yield* TestClock.adjust("1 minute")
            const { at, sessions, starts, since } = yield* past
            assert.deepStrictEqual(at.slice(0, end.at.length), end.at)
            assert.deepStrictEqual(
              sessions.map(({ kib }) => kib),
              [at.map(() => 5)],
            )
            assert.strictEqual(since, end.since)
            assert.lengthOf(starts, 2)
            const [last, next] = [end.at.at(-1) ?? 0, at[end.at.length] ?? 0]
            assert.isTrue(starts.some((start) => start > last && start <= next))
          }),
        )
      }),
    ),
  )

  it.effect("begins anew where its file is damaged, and says so until it is written again", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const machine = yield* machineOf(played)
        writeFileSync(join((yield* Store).home, "memory-history.json"), "{")
        yield* server(
          Effect.gen(function* () {
            const problem = Effect.map(MemoryHistory, (history) => history.problem())
            assert.match((yield* problem) ?? "", /is lost/)
            yield* begin(machine)
            assert.isNull(yield* problem)
            assert.lengthOf((yield* past).at, 1)
          }),
        )
      }),
    ),
  )
})
