// What serving and sweeping both stand on: the home, its lock, the containment of this system, the ledger.
import { Ladders } from "./descend.ts"
import { openHome, type Home } from "./home.ts"
import { openLedger, type Ledger } from "./ledger.ts"
import { takeLock, type Holder, type Lock } from "./lock.ts"
import { Scales } from "./memory.ts"
import { frameOf } from "./pipes.ts"
import { Ports } from "./ports.ts"
import { chooseContainment } from "./platform/choose.ts"
import type { Containment } from "./platform/containment.ts"
import type { Supervision } from "./supervision.ts"

export interface Established {
  readonly home: Home
  readonly lock: Lock
  readonly containment: Containment
  readonly ledger: Ledger
}

/** Why it could not be: `taken` names who has the home. */
export interface Hindrance {
  readonly kind: "failed" | "usage" | "taken"
  readonly message: string
}

/** Waits for a sweep that is under way, never for another supervisor. */
export async function establish(folder: string, role: Holder["role"]): Promise<Established | Hindrance> {
  const home = openHome(folder)
  if (typeof home === "string") return { kind: "usage", message: home }
  const containment = chooseContainment({ wish: process.env["CORRAL_TIER"], install: home.install, platform: process.platform, role })
  if (typeof containment === "string") return { kind: "failed", message: containment }
  const self = containment.identify(process.pid)
  if (!self) return { kind: "failed", message: "the system does not show our own process to us: /proc or ps is not readable" }
  const { boot } = containment
  const lock = await takeLock(
    home.lock,
    { pid: process.pid, start: self.start, boot, role },
    (holder) => holder.boot === boot && containment.identify(holder.pid)?.start === holder.start,
  )
  if (!("release" in lock)) return { kind: "taken", message: `${home.folder} is served by the ${lock.role} with pid ${lock.pid}` }
  try {
    return { home, lock, containment, ledger: openLedger(home.ledger, boot) }
  } catch (error) {
    lock.release()
    return {
      kind: "failed",
      message: `the ledger ${home.ledger} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

export function superviseWith({ home, containment, ledger }: Established, hooks: Pick<Supervision, "armed" | "onGone">): Supervision {
  const line: Supervision["line"] = { listener: null }
  return {
    ...hooks,
    home,
    containment,
    ledger,
    line,
    ladders: new Ladders(containment),
    trees: new Map(),
    finished: new Map(),
    strays: new Map(),
    scales: new Scales(containment),
    ports: new Ports(containment),
    tell: (told) => line.listener?.(frameOf(told)),
    closing: null,
  }
}
