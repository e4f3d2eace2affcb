// The line of threads that are to wake: first come, first let in, as far as memory and the most sessions awake at once allow.
import type { Millis, ThreadId } from "@corral/contracts/ids"
import type { Admission } from "@corral/contracts/runtime"

/** What keeps the line standing. */
export type Obstacle = Pick<Admission, "why" | "now" | "limit">

/** One that wants in. `open` is called once: true, it is in and starts; false, it is wanted no longer. */
export interface Asked {
  readonly threadId: ThreadId
  readonly since: Millis
  readonly isWanted: () => boolean
  readonly open: (isIn: boolean) => void
}

interface Means {
  /** What keeps the first one out, with those that are starting now; null: nothing. */
  readonly obstacle: (starting: ReadonlySet<ThreadId>) => Obstacle | null
  /** Of these threads, what can be said has changed. */
  readonly tell: (threadIds: Iterable<ThreadId>) => void
}

export class AdmissionLine {
  readonly #means: Means
  readonly #starting = new Map<Asked, ThreadId>()
  #waiting: readonly Asked[] = []
  #obstacle: Obstacle | null = null
  /** As it was told last. */
  #shown: { readonly line: readonly Asked[]; readonly obstacle: Obstacle | null } = { line: [], obstacle: null }

  constructor(means: Means) {
    this.#means = means
  }

  get length(): number {
    return this.#waiting.length
  }

  /** Those in line, the first one first. */
  get threadIds(): readonly ThreadId[] {
    return this.#waiting.map(({ threadId }) => threadId)
  }

  /** What keeps the first one out, as seen last. */
  get obstacle(): Obstacle | null {
    return this.#obstacle
  }

  of(threadId: ThreadId): Admission | null {
    const at = this.#waiting.findIndex((asked) => asked.threadId === threadId)
    const since = this.#waiting[at]?.since
    if (since === undefined || this.#obstacle === null) return null
    return { place: at + 1, of: this.#waiting.length, since, ...this.#obstacle }
  }

  join(asked: Asked): void {
    this.#waiting = [...this.#waiting, asked]
    this.look()
  }

  /** Its start is over, or it waits no longer: asked twice it is nothing. */
  leave(asked: Asked): void {
    this.#starting.delete(asked)
    this.#waiting = this.#waiting.filter((other) => other !== asked)
    this.look()
  }

  /** A person wants this one in, whatever the obstacle. Not in line: nothing happens. */
  force(threadId: ThreadId): void {
    const forced = this.#waiting.filter((asked) => asked.threadId === threadId && asked.isWanted())
    this.#waiting = this.#waiting.filter((asked) => !forced.includes(asked))
    for (const asked of forced) this.#start(asked)
    this.look()
  }

  /** Lets in whoever may. Called whenever something may have changed; with nobody in line it costs nothing. */
  look(): void {
    const unwanted = this.#waiting.filter((asked) => !asked.isWanted())
    this.#waiting = this.#waiting.filter((asked) => !unwanted.includes(asked))
    for (const asked of unwanted) asked.open(false)
    this.#obstacle = this.#admit()
    this.#show()
  }

  /** Gives what keeps the first one of the rest out. */
  #admit(): Obstacle | null {
    for (;;) {
      const [first, ...rest] = this.#waiting
      if (first === undefined) return null
      const obstacle = this.#means.obstacle(new Set(this.#starting.values()))
      if (obstacle !== null) return obstacle
      this.#waiting = rest
      this.#start(first)
    }
  }

  #start(asked: Asked): void {
    this.#starting.set(asked, asked.threadId)
    asked.open(true)
  }

  /** Whoever never stood still was never seen in line. */
  #show(): void {
    const [before, now] = [this.#shown, { line: this.#waiting, obstacle: this.#obstacle }]
    this.#shown = now
    const isSameLine = before.line.length === now.line.length && before.line.every((asked, at) => asked === now.line[at])
    const isSameObstacle = before.obstacle?.why === now.obstacle?.why && before.obstacle?.now === now.obstacle?.now
    if (!isSameLine || !isSameObstacle) this.#means.tell([...before.line, ...now.line].map(({ threadId }) => threadId))
  }
}
