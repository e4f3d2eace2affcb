// What a tree weighs: its private pages, and the largest shared part once per executable. Within 1 % of what the kernel's own
// slow count says; summing resident memory counts what is shared once for each process.
import type { Process } from "@corral/contracts/tree"
import type { Containment, Row, Weight } from "./platform/containment.ts"
import { atOnce, inSlices, Slice } from "./platform/slice.ts"

export interface TreeWeight {
  readonly bytes: number
  readonly processes: readonly Process[]
}

/** Remembers CPU times between two looks, so that a percentage is of the time between them. */
export class Scales {
  readonly #containment: Containment
  #before = new Map<string, { readonly at: number; readonly cpuMillis: number }>()

  constructor(containment: Containment) {
    this.#containment = containment
  }

  /** `measure` false: who they are, and no figures. At one go, for a program that nobody else waits for. */
  weigh(rows: readonly Row[], measure: boolean): TreeWeight {
    return atOnce(this.#weighing(rows, measure))
  }

  weighInSlices(rows: readonly Row[], measure: boolean, slice: Slice): Promise<TreeWeight> {
    return inSlices(this.#weighing(rows, measure), slice)
  }

  /** A step each process. */
  *#weighing(rows: readonly Row[], measure: boolean): Generator<void, TreeWeight> {
    const sharedBy = new Map<string, number>()
    const processes: Process[] = []
    let privateBytes = 0
    for (const row of rows) {
      const weight = measure ? this.#containment.weigh(row.pid) : null
      if (weight) {
        privateBytes += weight.privateBytes
        sharedBy.set(weight.executable, Math.max(weight.sharedBytes, sharedBy.get(weight.executable) ?? 0))
      }
      processes.push(this.#told(row, weight))
      yield
    }
    return { bytes: privateBytes + [...sharedBy.values()].reduce((sum, shared) => sum + shared, 0), processes }
  }

  #told(row: Row, weight: Weight | null): Process {
    const { pid, startedAt, ppid } = row
    const command = this.#containment.commandOf(row)
    return {
      pid,
      startedAt,
      ppid,
      command,
      memoryBytes: weight?.privateBytes ?? 0,
      cpuPercent: weight ? this.#percent(row, weight.cpuMillis) : 0,
      ...(weight && { cpuMillis: Math.round(weight.cpuMillis + weight.waitedCpuMillis) }),
    }
  }

  /** Forgets processes that are not among these. */
  keepOnly(rows: readonly Row[]): void {
    const alive = new Set(rows.map(keyOf))
    for (const key of this.#before.keys()) if (!alive.has(key)) this.#before.delete(key)
  }

  #percent(row: Row, cpuMillis: number): number {
    const at = performance.now()
    const before = this.#before.get(keyOf(row))
    this.#before.set(keyOf(row), { at, cpuMillis })
    const millis = Math.max(1, before === undefined ? Date.now() - row.startedAt : at - before.at)
    return Math.max(0, Math.round(((cpuMillis - (before?.cpuMillis ?? 0)) / millis) * 1000) / 10)
  }
}

/** The same without remembering: for one figure. */
export function bytesOf(containment: Containment, rows: readonly Row[]): number {
  return new Scales(containment).weigh(rows, true).bytes
}

export async function bytesInSlices(containment: Containment, rows: readonly Row[]): Promise<number> {
  return (await new Scales(containment).weighInSlices(rows, true, new Slice())).bytes
}

function keyOf(row: Row): string {
  return `${row.pid} ${row.start}`
}
