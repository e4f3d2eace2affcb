// Work on the system's files comes in slices: a supervisor that looks at files hears nobody meanwhile.

/** The event loop is let go of after so much work; one file more may be read beyond it, which takes a cold machine some ms. */
const sliceMillis = 2

export class Slice {
  #begin = performance.now()
  #before = 0

  /** Without the rests in between. */
  get workMillis(): number {
    return this.#before + performance.now() - this.#begin
  }

  /** What was waited for up to now is no work. */
  begin(): void {
    this.#begin = performance.now()
  }

  get isOver(): boolean {
    return performance.now() - this.#begin >= sliceMillis
  }

  /** Others are heard now. */
  async rest(): Promise<void> {
    this.#before = this.workMillis
    await new Promise((resolve) => setImmediate(resolve))
    this.#begin = performance.now()
  }
}

/** Steps of a work at one go. */
export function atOnce<A>(steps: Generator<void, A>): A {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same work, with a rest wherever the slice is over. */
export async function inSlices<A>(steps: Generator<void, A>, slice: Slice): Promise<A> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (slice.isOver) await slice.rest()
  }
}
