// Those who want to be told, in the order in which they came. One that throws is reported; the others are told all the same.
import * as Effect from "effect/Effect"

export class Listeners<A> {
  /** `what`: whose they are, for the log. */
  static readonly make = <A>(what: string): Effect.Effect<Listeners<A>> =>
    Effect.map(Effect.context(), (context) => {
      const fork = Effect.runForkWith(context)
      return new Listeners<A>((defect) => void fork(Effect.logError(`a listener of ${what} failed`, defect)))
    })

  readonly #listeners = new Set<(value: A) => void>()
  readonly #report: (defect: unknown) => void

  constructor(report: (defect: unknown) => void) {
    this.#report = report
  }

  get isEmpty(): boolean {
    return this.#listeners.size === 0
  }

  /** Gives back how to stop listening. */
  readonly add = (listener: (value: A) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readonly tell = (value: A): void => {
    for (const listener of this.#listeners) {
      try {
        listener(value)
      } catch (defect) {
        this.#report(defect)
      }
    }
  }
}
