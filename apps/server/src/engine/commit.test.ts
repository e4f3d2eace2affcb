import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { Store } from "../store/store.ts"
import { StoreFailed } from "../store/store-failed.ts"
import { commit, type Commit, type Draft, type Job } from "./commit.ts"
import { Engine } from "./engine.ts"
import { creation, onFreshHome, order, projectId, rename, temporaryHome } from "./engine.test-support.ts"
import { replay } from "./replay.ts"

const titles = Effect.map(Engine, (engine) => [...engine.threads()].map(({ title }) => title))

describe("what waits in the same moment", () => {
  it.effect("is decided in order and shares one transaction, with a rejected one in the middle", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        const engine = yield* Engine
        const commits: Commit[] = []
        engine.onCommit((done) => void commits.push(done))
        const receipts = yield* Effect.all([order(creation(2)), order(creation(1)), order(rename(2, "Two")), order(creation(3))], {
          concurrency: "unbounded",
        })
        assert.deepStrictEqual(
          receipts.map(({ _tag }) => _tag),
          ["accepted", "rejected", "accepted", "accepted"],
        )
        assert.strictEqual(commits.length, 1)
        assert.deepStrictEqual(
          commits[0]?.stored.map(({ event }) => event._tag),
          ["thread.created", "thread.renamed", "thread.created"],
        )
        assert.deepStrictEqual(yield* titles, ["Thread 1", "Two", "Thread 3"])
      }),
    ),
  )

  it.effect("is told after it is durable, and before its receipt", () =>
    onFreshHome(
      1,
      Effect.gen(function* () {
        const engine = yield* Engine
        const store = yield* Store
        const seen: number[] = []
        engine.onCommit(({ seq }) => seen.push(Effect.runSync(store.read(({ events }) => events.lastSeq())) - seq))
        yield* order(rename(1, "One"))
        assert.deepStrictEqual(seen, [0])
      }),
    ),
  )
})

describe("a job that throws", () => {
  it.effect("is taken back alone", () =>
    Effect.gen(function* () {
      const { store, memory } = yield* bare
      const exits: Exit.Exit<unknown, StoreFailed>[] = []
      const job = (work: (draft: Draft) => void): Job => ({
        work: (draft) => {
          work(draft)
          return () => void exits.push(Exit.void)
        },
        fail: (exit) => void exits.push(exit),
      })
      const add = (n: number) => (draft: Draft) =>
        draft.happen([{ _tag: "project.added", projectId: projectId, name: `Project ${n}`, path: "/" }], null)
      const broken = job((draft) => {
        add(2)(draft)
        throw new Error("our mistake")
      })
      const { answers } = commit(store, memory, { jobs: [job(add(1)), broken, job(() => undefined)], now: 1 })
      for (const answer of answers) answer()
      assert.deepStrictEqual(
        exits.map((exit) => (Exit.isFailure(exit) ? exit.cause.reasons.map(({ _tag }) => _tag).join() : "done")),
        ["done", "Die", "done"],
      )
      assert.strictEqual(memory.project(projectId)?.name, "Project 1")
      assert.strictEqual(memory.seq, 1)
      assert.strictEqual(yield* store.read(({ events }) => events.lastSeq()), 1)
    }),
  )
})

describe("a disk that refuses", () => {
  it.effect("leaves everything as it was and tells everybody who waits", () =>
    Effect.gen(function* () {
      const { store, memory } = yield* bare
      let fails = true
      const failing: Store["Service"] = {
        ...store,
        transact: (doing, work) =>
          store.transact(doing, (tables) => {
            const result = work(tables)
            if (fails) throw new StoreFailed({ file: store.file, doing, trouble: "full", cause: new Error("no room") })
            return result
          }),
      }
      const told: string[] = []
      const job: Job = {
        work: (draft) => {
          draft.happen([{ _tag: "project.added", projectId, name: "One", path: "/" }], null)
          return () => void told.push("done")
        },
        fail: (exit) => void told.push(Exit.isFailure(exit) ? Cause.pretty(exit.cause) : ""),
      }
      const refused = commit(failing, memory, { jobs: [job, job], now: 1 })
      for (const answer of refused.answers) answer()
      assert.isUndefined(refused.commit)
      assert.isUndefined(memory.project(projectId))
      assert.strictEqual(memory.seq, 0)
      assert.strictEqual(told.length, 2)
      assert.include(told[0] ?? "", `${store.file}: the disk is full. Make room`)
      fails = false
      assert.strictEqual(commit(failing, memory, { jobs: [job], now: 1 }).commit?.seq, 1)
    }),
  )

  it.effect("is asked once more when the write-ahead log could give room back", () =>
    Effect.gen(function* () {
      const { store, memory } = yield* bare
      let tried = 0
      const full = (doing: string) => new StoreFailed({ file: store.file, doing, trouble: "full", cause: new Error("no room") })
      const once: Store["Service"] = {
        ...store,
        transact: (doing, work) => (++tried === 1 ? Result.fail(full(doing)) : store.transact(doing, work)),
      }
      const job: Job = { work: () => () => undefined, fail: () => assert.fail("it was not tried again") }
      for (const answer of commit(once, memory, { jobs: [job], now: 1 }).answers) answer()
      assert.strictEqual(tried, 2)
    }),
  )
})

/** A store and its memory without an engine on top. */
const bare = Effect.gen(function* () {
  const home = yield* temporaryHome
  const store = Context.get(yield* Layer.build(Store.layer(home)), Store)
  const memory = yield* store.write(replay)
  return { store, memory }
})
