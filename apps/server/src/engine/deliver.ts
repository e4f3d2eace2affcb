// Carries out what was decided: threads side by side, each in order, every intent until its hand is done, again after a crash.
import type { ThreadId } from "@corral/contracts/ids"
import type { Intent } from "@corral/contracts/intent"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Match from "effect/Match"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { Owed } from "../store/outbox.ts"
import { Store } from "../store/store.ts"
import type { StoreFailed } from "../store/store-failed.ts"
import { Engine } from "./engine.ts"
import { Lane, type Debt, type Hand } from "./lane.ts"

/** Each asks the supervisor to look at the machine. Hands that wake wait to be let in; the others cost nothing. */
const stopsAtOnce = 64

type Of<Tag extends Intent["_tag"]> = Extract<Intent, { readonly _tag: Tag }>

/** For every intent the hand that does it: it bears being asked twice, and finds itself void where the state has moved on. */
export type Hands<R> = {
  readonly [Tag in Intent["_tag"]]: (intent: Of<Tag>) => Effect.Effect<unknown, { readonly _tag: string; readonly message: string }, R>
}

export class Deliver extends Context.Service<
  Deliver,
  {
    /** Takes up what a former server left and then everything new. Called once, when what runs has been held against the threads. */
    readonly start: Effect.Effect<void, StoreFailed>
    /** What is owed now, with what went wrong so far. */
    readonly pending: () => readonly Debt[]
    /** Done when nothing is owed to this thread. */
    readonly drained: (threadId: ThreadId) => Effect.Effect<void>
  }
>()("corral/Deliver") {
  static readonly layer = <R>(hands: Hands<R>): Layer.Layer<Deliver, never, Engine | Store | R> => Layer.effect(Deliver, deliver(hands))
}

interface Running {
  readonly lane: Lane
  readonly empty: Deferred.Deferred<void>
}

const deliver = Effect.fn("engine.deliver")(function* <R>(hands: Hands<R>) {
  const engine = yield* Engine
  const store = yield* Store
  const scope = yield* Effect.scope
  const context = yield* Effect.context<R>()
  const fork = Effect.runForkWith(context)
  const hand = bounded((intent) => Effect.provideContext(Effect.asVoid(Match.valueTags(intent, hands)), context))
  const running = new Map<ThreadId, Running>()

  const take = (owed: Owed): void => {
    const { threadId } = owed.intent
    const known = running.get(threadId)
    if (known !== undefined) return known.lane.add(owed)
    const empty = Deferred.makeUnsafe<void>()
    const onEmpty = () => {
      running.delete(threadId)
      Deferred.doneUnsafe(empty, Effect.void)
    }
    const lane = new Lane({ hand, settle: engine.settle, onEmpty })
    lane.add(owed)
    running.set(threadId, { lane, empty })
    fork(Effect.forkIn(lane.empty, scope))
  }

  return Deliver.of({
    start: Effect.gen(function* () {
      const left = yield* store.read(({ outbox }) => {
        const stop = engine.onCommit(({ owed }) => owed.forEach(take))
        return { stop, owed: outbox.all() }
      })
      yield* Scope.addFinalizer(scope, Effect.sync(left.stop))
      left.owed.forEach(take)
    }),
    pending: () => [...running.values()].flatMap(({ lane }) => lane.debts),
    drained: (threadId) =>
      Effect.suspend(() => {
        const known = running.get(threadId)
        return known === undefined ? Effect.void : Deferred.await(known.empty)
      }),
  })
})

const bounded = (hand: Hand): Hand => {
  const stops = Semaphore.makeUnsafe(stopsAtOnce)
  return (intent) => (intent._tag === "runtime.stop" ? stops.withPermit(hand(intent)) : hand(intent))
}
