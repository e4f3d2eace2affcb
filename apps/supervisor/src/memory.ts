// What a tree weighs: its private pages, and the largest shared part once per executable. Within 1 % of what the kernel's own
// slow count says; summing resident memory counts what is shared once for each process.
import type { Process } from "@corral/contracts/tree"
import type { Containment, Row } from "./platform/containment.ts"

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

  /** `measure` false: who they are, and no figures. */
  weigh(rows: readonly Row[], measure: boolean): TreeWeight {
    const sharedBy = new Map<string, number>()
    let privateBytes = 0
    const processes = rows.map((row) => {
      const weight = measure ? this.#containment.weigh(row.pid) : null
      if (weight) {
        privateBytes += weight.privateBytes
        sharedBy.set(weight.executable, Math.max(weight.sharedBytes, sharedBy.get(weight.executable) ?? 0))
      }
      const command = this.#containment.commandOf(row)
      const { pid, startedAt, ppid } = row
      return {
        pid,
        startedAt,
        ppid,
        command,
        memoryBytes: weight?.privateBytes ?? 0,
        cpuPercent: weight ? this.#percent(row, weight.cpuMillis) : 0,
        ...(weight && { cpuMillis: Math.round(weight.cpuMillis + weight.waitedCpuMillis) }),
      }
    })
    return { bytes: privateBytes + [...sharedBy.values()].reduce((sum, shared) => sum + shared, 0), processes }
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

function keyOf(row: Row): string {
  return `${row.pid} ${row.start}`
}
