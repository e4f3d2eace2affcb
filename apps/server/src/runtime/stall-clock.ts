// Whether one running turn shows any sign of work: when its agent was last heard, and what its tree used of a processor since.
import type { Millis } from "@corral/contracts/ids"
import type { Stalled } from "@corral/contracts/runtime"
import type { TreeView } from "@corral/contracts/tree"

/** The first look comes after this part of the time, so that a turn that talks is never looked at; the second one when the time is over. */
const quietPart = 0.1
/**
 * Of one processor. What an agent costs that only waits for a silent tool, measured for a minute each on a busy machine: the practice agent
 * 0.2 %, Claude Code 2 % and never over 3.2 %. Less than this cannot be told from waiting.
 */
const trifle = 0.05
/** In a short time a single tidying of memory would look like work: about what Claude Code uses in its worst ten seconds. */
const leastMillis = 400
/** In less than this a busy process could not come to that much, on a machine where it has to share. */
const shortestMillis = 2_000

/** What one look has seen of a tree. `cpu`: in ms, by process. */
export interface Reading {
  readonly at: Millis
  readonly heardAt: Millis
  readonly cpu: ReadonlyMap<string, number>
}

/** Null: nothing was measured, so nothing can be concluded. */
export const readingOf = ({ processes, lastOutputAt }: TreeView, at: Millis): Reading | null => {
  const measured = processes.flatMap(({ pid, startedAt, cpuMillis }) =>
    cpuMillis === undefined ? [] : [[`${pid} ${startedAt}`, cpuMillis] as const],
  )
  return measured.length === 0 ? null : { at, heardAt: lastOutputAt ?? 0, cpu: new Map(measured) }
}

export class StallClock {
  readonly #stallMillis: number
  readonly #quietMillis: number
  #heardAt: Millis
  /** When the first look is due, unless something is heard. */
  #firstAt: Millis
  #base: Reading | null = null
  #stalled: Stalled | null = null
  /** A look that failed is not tried again at once. */
  #notBefore: Millis = 0

  constructor(stallMillis: number, now: Millis) {
    this.#stallMillis = stallMillis
    this.#quietMillis = stallMillis * quietPart
    this.#heardAt = now
    this.#firstAt = now + this.#quietMillis
  }

  get stalled(): Stalled | null {
    return this.#stalled
  }

  /** When the next look is due. */
  get due(): Millis {
    return Math.max(this.#notBefore, this.#base === null ? this.#firstAt : this.#base.at + this.#window)
  }

  /** Something came from the agent. Called for each line: it must cost nothing. */
  heard(at: Millis): void {
    this.#heardAt = at
    this.#begin(at)
  }

  /** A person waits on. What was heard last stays what it is. */
  waitOn(now: Millis): void {
    this.#begin(now)
  }

  /** There was nothing to be seen; the next attempt is no sooner than this. */
  missed(now: Millis): void {
    this.#notBefore = now + this.#quietMillis
  }

  seen(reading: Reading): void {
    // Bytes that were no whole line yet have come to nobody here, and count all the same.
    if (reading.heardAt > this.#heardAt) this.heard(reading.heardAt)
    const base = this.#base
    if (base === null) {
      if (reading.at >= this.#firstAt) this.#base = reading
      return
    }
    const cpuMillis = usedBetween(base, reading)
    const isDue = reading.at >= this.due
    if (this.#stalled === null) return isDue ? this.#judge(base, reading, cpuMillis) : undefined
    if (isWork(cpuMillis, reading.at - base.at)) this.#judge(base, reading, cpuMillis)
    else if (isDue) {
      this.#base = reading
      this.#stalled = { ...this.#stalled, until: reading.at, cpuMillis: this.#stalled.cpuMillis + cpuMillis }
    }
  }

  /** While it is stalled it is looked at more often: what works again must not be called stalled for long. */
  get #window(): number {
    return this.#stalled === null ? this.#stallMillis - this.#quietMillis : Math.max(shortestMillis, this.#quietMillis)
  }

  #judge(base: Reading, reading: Reading, cpuMillis: number): void {
    const isStalled = !isWork(cpuMillis, reading.at - base.at)
    this.#stalled = isStalled ? { heardAt: this.#heardAt, since: base.at, until: reading.at, cpuMillis } : null
    this.#base = reading
  }

  #begin(at: Millis): void {
    this.#firstAt = at + this.#quietMillis
    this.#base = null
    this.#stalled = null
  }
}

const isWork = (cpuMillis: number, millis: number): boolean => cpuMillis > Math.max(leastMillis, millis * trifle)

/** Who came meanwhile counts whole; what has left counts with who waited for it. */
const usedBetween = (base: Reading, { cpu }: Reading): number =>
  [...cpu].reduce((sum, [process, millis]) => sum + Math.max(0, millis - (base.cpu.get(process) ?? 0)), 0)
