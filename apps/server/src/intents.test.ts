// Floor 3 on a stage: what each hand asks of the supervisor and the agent, and what is on record afterwards.
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { certificateOf, makeStage, openThread, order, send, settled, stageLayer, threadId, turnId } from "./stage.test-support.ts"
import { Engine } from "./engine/engine.ts"
import { Proofs } from "./runtime/proofs.ts"
import { Store } from "./store/store.ts"
import { sessionId } from "./runtime/session-id.ts"

describe("sending to a sleeping thread", () => {
  const stage = makeStage()
  it.live("launches once, then gives the turn to the agent", () =>
    Effect.gen(function* () {
      yield* openThread
      yield* send(1, "hello")
      const thread = yield* settled
      assert.deepStrictEqual(stage.acts, ["launch", "agent.start hello"])
      assert.strictEqual(thread.runtime.state, "busy")
      assert.strictEqual(thread.turn?.sent, true)
      stage.tell({ _tag: "ended", turnId: turnId(1), outcome: "completed", error: null, usage: null })
      yield* send(2, "again")
      yield* settled
      assert.deepStrictEqual(stage.acts.slice(2), ["agent.start again"])
    }).pipe(Effect.provide(stageLayer(stage))),
  )
})

describe("who asked", () => {
  const kept = Effect.gen(function* () {
    yield* (yield* Proofs).settled
    const store = yield* Store
    return yield* store.read((tables) => tables.certificates.list({ threadId, since: null, before: null, reason: null, limit: 10 }))
  })

  it.live("for a start and for its stop is on the certificate, with the message that it was started for", () =>
    Effect.gen(function* () {
      yield* openThread
      yield* send(1, "hello")
      const woken = (yield* settled).runtime.woken
      assert.deepInclude(woken, { why: "turn", turnId: turnId(1), askedBy: "test" })
      yield* order({ _tag: "runtime.stop", threadId })
      yield* settled
      const [certificate] = yield* kept
      assert.deepStrictEqual(certificate?.woken, woken)
      assert.strictEqual(certificate?.askedBy, "test")
    }).pipe(Effect.provide(stageLayer(makeStage()))),
  )

  it.live("is nobody where the server does it by itself; a start without a message says so", () =>
    Effect.gen(function* () {
      yield* openThread
      yield* order({ _tag: "runtime.wake", threadId })
      const { runtime } = yield* settled
      assert.deepInclude(runtime.woken, { why: "wake", turnId: null, askedBy: "test" })
      const engine = yield* Engine
      yield* engine.record({ _tag: "runtime.hibernate", reason: "memory", threadId, generation: runtime.generation, idleMillis: 0 })
      yield* settled
      assert.deepStrictEqual(
        (yield* kept).map(({ reason, askedBy }) => [reason, askedBy]),
        [["memory", "server"]],
      )
    }).pipe(Effect.provide(stageLayer(makeStage()))),
  )
})

describe("archiving a thread", () => {
  for (const goodbye of ["polite", "deaf", "failing"] as const) {
    const stage = { ...makeStage(), goodbye }
    it.live(`stops its agent in mid turn when the goodbye is ${goodbye}, and keeps the certificate`, () =>
      Effect.gen(function* () {
        yield* openThread
        yield* send(1, "hello")
        yield* settled
        yield* order({ _tag: "thread.archive", threadId })
        const thread = yield* settled
        assert.deepStrictEqual(stage.acts.slice(2), ["agent.goodbye 1", "stop"])
        assert.strictEqual(stage.trees.size, 0)
        assert.strictEqual(thread.runtime.state, "asleep")
        assert.strictEqual(thread.runtime.lastStop?.reason, "archive")
        assert.strictEqual(thread.turn, null)
      }).pipe(Effect.provide(stageLayer(stage))),
    )
  }

  const waking = { ...makeStage(), opens: "dumb" as const }
  it.live("overtakes a wake whose agent never answers its handshake", () =>
    Effect.gen(function* () {
      yield* openThread
      yield* send(1, "hello")
      yield* Effect.yieldNow
      yield* order({ _tag: "thread.archive", threadId })
      const thread = yield* settled
      assert.strictEqual(waking.trees.size, 0)
      assert.strictEqual(thread.runtime.state, "asleep")
      assert.notInclude(waking.acts.join(), "agent.start")
    }).pipe(Effect.provide(stageLayer(waking))),
  )

  const asleep = makeStage()
  it.live("proves that nothing is left also when nothing seemed to run", () =>
    Effect.gen(function* () {
      yield* openThread
      yield* order({ _tag: "thread.archive", threadId })
      const thread = yield* settled
      assert.deepStrictEqual(asleep.acts, ["stop"])
      assert.strictEqual(thread.runtime.state, "asleep")
      assert.strictEqual(thread.status, "archived")
    }).pipe(Effect.provide(stageLayer(asleep))),
  )
})

describe("a wake that fails", () => {
  const leaves = { ...makeStage(), opens: "fails" as const }
  it.live("fails its turn with the agent's own words and leaves nothing running", () =>
    Effect.gen(function* () {
      yield* openThread
      yield* send(1, "hello")
      const thread = yield* settled
      assert.strictEqual(leaves.trees.size, 0)
      assert.strictEqual(thread.lastOutcome, "failed")
      assert.include(thread.lastError ?? "", "not logged in")
      assert.strictEqual(thread.runtime.state, "asleep")
    }).pipe(Effect.provide(stageLayer(leaves))),
  )

  const refused = { ...makeStage(), opens: "refused" as const }
  it.live("names the folder that is gone and the next step", () =>
    Effect.gen(function* () {
      yield* openThread
      yield* send(1, "hello")
      const thread = yield* settled
      assert.include(thread.lastError ?? "", "The folder is gone.")
      assert.include(thread.lastError ?? "", "Put it back")
    }).pipe(Effect.provide(stageLayer(refused))),
  )
})

describe("an agent that leaves by itself", () => {
  const stage = makeStage()
  it.live("ends its turn as failed, once, whoever brings the certificate", () =>
    Effect.gen(function* () {
      yield* openThread
      yield* send(1, "hello")
      yield* settled
      const [treeId] = stage.trees
      if (treeId === undefined) return yield* Effect.die("no tree")
      const certificate = { ...certificateOf(treeId, sessionId(threadId, 1), "exited"), exit: { code: 3, signal: null } }
      stage.told({ _tag: "certificate", seq: 1, certificate })
      stage.told({ _tag: "certificate", seq: 1, certificate })
      yield* (yield* Proofs).settled
      const thread = yield* settled
      assert.include(thread.lastError ?? "", "exit code 3")
      assert.strictEqual(thread.runtime.state, "asleep")
      assert.strictEqual((yield* Engine).certificateSeq(), 1)
    }).pipe(Effect.provide(stageLayer(stage))),
  )
})

describe("a change of model", () => {
  const stage = makeStage()
  it.live("tunes the live process; what it cannot tune is stopped first", () =>
    Effect.gen(function* () {
      yield* openThread
      yield* send(1, "hello")
      yield* settled
      yield* order({ _tag: "thread.set", threadId, model: "calm" })
      yield* settled
      assert.deepStrictEqual(stage.acts.slice(2), ["agent.tune calm"])
      stage.tunes = "replace"
      yield* order({ _tag: "thread.set", threadId, mode: "full" })
      const thread = yield* settled
      assert.deepStrictEqual(stage.acts.slice(3), ["agent.tune calm", "agent.goodbye 1", "stop"])
      assert.strictEqual(thread.runtime.lastStop?.reason, "replace")
      const id = thread.runtime.lastStop?.certificateId ?? ""
      const certificate = yield* (yield* Store).read((tables) => tables.certificates.one(id))
      assert.strictEqual(certificate?.askedBy, "test")
    }).pipe(Effect.provide(stageLayer(stage))),
  )
})
