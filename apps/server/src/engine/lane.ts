// The intents of one thread, carried out one after the other. A stop overtakes: it ends the hand at work and goes first.
import type { Intent } from "@corral/contracts/intent"
import * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import type { Owed } from "../store/outbox.ts"

/** A hand that fails is tried again after 0.1 s, 0.2 s … and then every 30 s, for ever: what was decided is owed. */
const backoff = Schedule.min([Schedule.exponential("100 millis"), Schedule.spaced("30 seconds")])
/** An overtaken hand that cannot be interrupted is not waited for any longer: the stop must not depend on it. */
const deafHandGrace = "2 seconds"

/** An intent on its way, with what went wrong so far. */
export interface Debt extends Owed {
  readonly attempts: number
  readonly error: string | null
}

type Entry = { -readonly [K in keyof Debt]: Debt[K] }

/** Does one intent; done when the world is as asked. */
export type Hand = (intent: Intent) => Effect.Effect<void, { readonly _tag: string; readonly message: string }>

interface Means {
  readonly hand: Hand
  /** Durable: it will not come back after a crash. */
  readonly settle: (n: number) => Effect.Effect<void, { readonly _tag: string; readonly message: string }>
  /** Told in the same step in which nothing is left: what comes later is for another lane. */
  readonly onEmpty: () => void
}

export class Lane {
  readonly #entries: Entry[] = []
  readonly #means: Means
  #overtaken = Deferred.makeUnsafe<void>()

  constructor(means: Means) {
    this.#means = means
  }

  get debts(): readonly Debt[] {
    return this.#entries
  }

  add(owed: Owed): void {
    const entry: Entry = { ...owed, attempts: 0, error: null }
    if (!isStop(owed)) return void this.#entries.push(entry)
    const place = this.#entries.findIndex((other) => !isStop(other))
    this.#entries.splice(place === -1 ? this.#entries.length : place, 0, entry)
    if (place === 0) Deferred.doneUnsafe(this.#overtaken, Effect.void)
  }

  /** Ends when nothing is owed any more. */
  readonly empty: Effect.Effect<void> = Effect.gen({ self: this }, function* () {
    for (let entry = this.#entries[0]; entry !== undefined; entry = this.#entries[0]) yield* this.#carry(entry)
    this.#means.onEmpty()
  })

  #carry(entry: Entry): Effect.Effect<void> {
    return Effect.gen({ self: this }, function* () {
      this.#overtaken = Deferred.makeUnsafe()
      const work = yield* Effect.forkChild(this.#untilDone(entry))
      yield* Effect.raceFirst(Fiber.await(work), Deferred.await(this.#overtaken))
      // Also where it is over already; then this is nothing.
      yield* Fiber.interrupt(work).pipe(Effect.timeoutOption(deafHandGrace))
    })
  }

  #untilDone(entry: Entry) {
    const attempt = Effect.suspend(() => {
      entry.attempts++
      return this.#means.hand(entry.intent)
    })
    const done = Effect.andThen(
      this.#means.settle(entry.n),
      Effect.sync(() => this.#remove(entry)),
    )
    return attempt.pipe(
      Effect.andThen(Effect.uninterruptible(done)),
      Effect.tapCause((cause) => this.#note(entry, cause)),
      Effect.sandbox,
      Effect.retry(backoff),
    )
  }

  /** A second time where the disk hung for longer than a stop waits for the hand that it overtakes. */
  #remove(entry: Entry): void {
    const place = this.#entries.indexOf(entry)
    if (place !== -1) this.#entries.splice(place, 1)
  }

  #note(entry: Entry, cause: Cause.Cause<{ readonly message: string }>): Effect.Effect<void> {
    return Effect.suspend(() => {
      entry.error = Cause.prettyErrors(cause)
        .map(({ message }) => message)
        .join("; ")
      return Effect.logWarning(`${entry.intent._tag} of ${entry.intent.threadId} failed and will be tried again`, cause)
    })
  }
}

const isStop = ({ intent }: Owed): boolean => intent._tag === "runtime.stop"
