// Those who want to be told, in the order in which they came. One that throws is reported; the others are told all the same.
export class Listeners<A> {
  readonly #listeners = new Set<(value: A) => void>()
  readonly #report: (defect: unknown) => void

  constructor(report: (defect: unknown) => void) {
    this.#report = report
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
