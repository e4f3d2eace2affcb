// What serving and sweeping both stand on: the home, its lock, the containment of this system, the ledger.
import { readlinkSync } from "node:fs"
import { connect } from "node:net"
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
import { startOneShot } from "./survey/one-shot.ts"
import { Surveys } from "./survey/surveys.ts"

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

/**
 * Waits for a sweep that is under way, never for another supervisor. `strangers`: what is made of a holder in another pid namespace, where we
 * cannot look; `alive`: it lives, `served`: it lives if somebody answers on the home's socket.
 */
export async function establish(
  folder: string,
  role: Holder["role"],
  strangers: "alive" | "served" = "served",
): Promise<Established | Hindrance> {
  const home = openHome(folder)
  if (typeof home === "string") return { kind: "usage", message: home }
  const containment = chooseContainment({ wish: process.env["CORRAL_TIER"], install: home.install, platform: process.platform, role })
  if (typeof containment === "string") return { kind: "failed", message: containment }
  const self = containment.identify(process.pid)
  if (!self) return { kind: "failed", message: "the system does not show our own process to us: /proc or ps is not readable" }
  const { boot } = containment
  const space = pidSpace()
  const isStrangerAlive = strangers === "alive" || (await isServed(home.socket))
  const lock = await takeLock(home.lock, { pid: process.pid, start: self.start, boot, role, space }, (holder) => {
    if (holder.boot !== boot) return false
    return isElsewhere(holder, space) ? isStrangerAlive : containment.identify(holder.pid)?.start === holder.start
  })
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

/** An older Corral's lock does not say where it is: then it is here. */
function isElsewhere(holder: Holder, space: string | undefined): boolean {
  return holder.space !== undefined && space !== undefined && holder.space !== space
}

/** The pid namespace; undefined where the system has none, or does not tell. */
function pidSpace(): string | undefined {
  try {
    return readlinkSync("/proc/self/ns/pid")
  } catch {
    return undefined
  }
}

function isServed(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const knock = connect(socket)
    const answered = (answer: boolean): void => {
      knock.destroy()
      resolve(answer)
    }
    knock.once("connect", () => answered(true)).once("error", () => answered(false))
  })
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
    surveys: new Surveys(home.folder, startOneShot),
    tell: (told) => line.listener?.(frameOf(told)),
    closing: null,
  }
}
