// Serves a home until nothing is left to guard: arms the watcher, sweeps what a former supervisor left, then opens the door.
import { supervisorVersion } from "@corral/contracts/limits"
import type { SupervisorHello } from "@corral/contracts/supervisor"
import { Auditor } from "./audit.ts"
import { superviseWith, type Established } from "./establish.ts"
import { Hold } from "./hold.ts"
import { shutDown } from "./leave.ts"
import { openDoor } from "./serve.ts"
import type { Supervision } from "./supervision.ts"
import { sweepFormer } from "./sweep.ts"
import { wishOf } from "./tier.ts"
import { Watcher } from "./watch.ts"

/** Resolves when the supervisor is to leave; everything of it is closed then. `sweep`: the program that the watcher becomes. */
export async function supervise(established: Established, sweep: readonly string[]): Promise<void> {
  const { home, lock, containment, ledger } = established
  const startedAt = Date.now()
  let leave: () => void = () => {}
  const leaving = new Promise<void>((resolve) => {
    leave = resolve
  })
  const watcher = new Watcher({
    sweep,
    strike: { leaves: containment.leaves.beginning, record: home.struck },
    env: process.env["CORRAL_TIER"] === undefined ? {} : { CORRAL_TIER: process.env["CORRAL_TIER"] },
    onPid: (pid) => containment.protect(pid),
    onChange: (armed) => s.tell({ _tag: "watcher", armed }),
  })
  const s: Supervision = superviseWith(established, { armed: () => watcher.armed(), onGone: () => auditor.lookAfterwards() })
  const auditor = new Auditor(s)
  obeySignals(s, leave)

  await watcher.armed()
  await sweepFormer(s, "boot-sweep", "supervisor")
  ledger.rotate()
  const hold = new Hold(s, leave)
  const greet = (): SupervisorHello => ({
    version: supervisorVersion,
    pid: process.pid,
    startedAt,
    tier: containment.tier,
    tierReason: containment.tierReason,
    tierWish: wishOf(process.env["CORRAL_TIER"]) ?? "unknown",
    watcherArmed: watcher.isArmed,
    holdMillis: hold.millis,
    held: [...s.trees.values(), ...s.finished.values()].filter((tree) => tree.pipes !== null).map((tree) => tree.treeId),
    certificateSeq: ledger.seq,
  })
  const server = await openDoor({ s, hold, greet, onStopped: leave })
  process.stdout.write(`supervisor ${process.pid} serves ${home.socket} (${containment.tier}${because(containment.tierReason)})\n`)

  await leaving
  s.closing = { why: "the supervisor is leaving", isForGood: true }
  server.close()
  auditor.stop()
  // With something left behind the watcher is not dismissed: it sweeps once more when we are gone.
  if (s.trees.size === 0) await watcher.dismiss()
  ledger.close()
  lock.release()
}

/** Asked a second time it does not wait for good manners. */
function obeySignals(s: Supervision, leave: () => void): void {
  let asked = 0
  const obey = async (): Promise<void> => {
    asked += 1
    await shutDown(s, { askedBy: "signal", now: asked > 1 })
    leave()
  }
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void obey())
}

function because(reason: string | null): string {
  return reason === null ? "" : `: ${reason}`
}
