// The ports that the processes of trees listen on, looked for only when somebody asks, and not more often than it is worth.
import type { Process } from "@corral/contracts/tree"
import type { Containment } from "./platform/containment.ts"

/** A server that a person waits for is seen soon enough; looking costs ten times what weighing does. */
const lookAgainMillis = 5_000

type Identified = Pick<Process, "pid" | "startedAt">

export class Ports {
  readonly #containment: Containment
  #known: ReadonlyMap<string, readonly number[]> = new Map()
  #lookedAt = Number.NEGATIVE_INFINITY
  #looking: Promise<number> | null = null

  constructor(containment: Containment) {
    this.#containment = containment
  }

  /** Looks if the last look is old; gives what that cost in ms, 0 where nothing was looked at. Asked meanwhile: the same look. */
  async refresh(processes: readonly Identified[]): Promise<number> {
    if (this.#looking === null && performance.now() - this.#lookedAt < lookAgainMillis) return 0
    this.#looking ??= this.#look(processes).finally(() => {
      this.#looking = null
    })
    return await this.#looking
  }

  /** Undefined: not known, as of a process that was not there at the last look. */
  of({ pid, startedAt }: Identified): readonly number[] | undefined {
    return this.#known.get(`${pid} ${startedAt}`)
  }

  async #look(processes: readonly Identified[]): Promise<number> {
    const { ports, workMillis } = await this.#containment.portsOf(processes.map(({ pid }) => pid))
    this.#known = new Map(processes.flatMap(({ pid, startedAt }) => both(`${pid} ${startedAt}`, ports.get(pid))))
    this.#lookedAt = performance.now()
    return workMillis
  }
}

const both = (key: string, ports: readonly number[] | undefined) => (ports === undefined ? [] : [[key, ports] as const])
