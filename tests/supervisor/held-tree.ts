// A tree at the containment port itself, without ledger and ladder: started as a supervisor would, judged by a pipe that all of it inherits.
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { setTimeout as pause } from "node:timers/promises"
import { chooseContainment } from "../../apps/supervisor/src/platform/choose.ts"
import type { Containment, Mark, Sighted } from "../../apps/supervisor/src/platform/containment.ts"
import { Slice } from "../../apps/supervisor/src/platform/slice.ts"
import { mintInstall, mintToken } from "../../apps/supervisor/src/token.ts"
import { markOf } from "../../apps/supervisor/src/tree.ts"
import { until } from "../agents/deadline.ts"
import type { MachineProcess } from "../agents/machine.ts"
import type { Oracle } from "../agents/oracle.ts"
import { treeOf } from "./supervised.ts"

const emptyWithinMillis = 20_000
/** For the last words of who has left, where somebody else holds its output open. */
const heldOpenMillis = 2_000
/** Two looks that find nobody must lie so far apart, as on the ladder. */
const proofMillis = 10

export interface HeldTree {
  readonly containment: Containment
  readonly mark: Mark
  readonly child: ChildProcess
  readonly members: () => Promise<readonly Sighted[]>
  /** KILL to whoever is seen, until two full looks see nobody. */
  readonly empty: () => Promise<void>
  /** Resolves with the code of the root, or 128 and the number of a signal, and with what was said. */
  readonly ended: Promise<{ readonly code: number; readonly output: string }>
}

/** The containment that is in force here when this is asked for; a text: why it is another one. */
export const containmentOf = (wish: string, tier: string): Containment | string => {
  const chosen = chooseContainment({ wish, install: mintInstall(), platform: process.platform, role: "supervisor" })
  if (typeof chosen === "string") return chosen
  return chosen.tier === tier ? chosen : (chosen.tierReason ?? `this machine gives ${chosen.tier}`)
}

let count = 0

/** `owner`: a command that starts it in our place. Then `child` is that one. */
export const holdTree = async (
  containment: Containment,
  oracle: Oracle,
  { shell, owner = [] }: { readonly shell: string; readonly owner?: readonly string[] },
): Promise<HeldTree> => {
  const serial = mintToken(mintInstall(), containment.tokenCeiling ?? 1n << 61n, () => false) ?? ""
  const { tier, leaves } = containment
  const leaf = leaves.pathFor(serial)
  const mark = markOf(treeOf(`held${++count}`), { serial, tier, leaf })
  if (leaf !== null) leaves.make(leaf)
  const argv = ["/bin/sh", "-c", `exec 9>"$PIPE"; ${shell}`]
  const [file = "", ...args] = [...owner, ...containment.wrap({ token: mark.token, leaf, hasTerminal: false, argv })]
  const env = { PATH: process.env["PATH"] ?? "", PIPE: oracle.pipe, CORRAL_TREE: mark.cookie }
  const child = spawn(file, args, { env, cwd: "/", detached: true, stdio: ["pipe", "pipe", "pipe"] })
  const ended = endOf(child)
  await once(child, "spawn")
  // As the launch journals its root.
  const root = containment.identify(child.pid ?? 0)
  if (root !== null) {
    mark.known.set(root.pid, root.start)
    mark.sids.own(root)
  }
  const look = () => containment.lookFully([mark])
  return {
    containment,
    mark,
    child,
    ended,
    members: async () => (await look()).members.get(mark) ?? [],
    empty: () => emptied(containment, mark),
  }
}

const emptied = async (containment: Containment, mark: Mark): Promise<void> => {
  let clean = 0
  const strike = (member: Sighted) => {
    if (containment.killGroup(member) !== "sent") containment.signal(member, "SIGKILL")
  }
  await until(
    async () => {
      await containment.lookAround([mark], new Slice(), strike)
      const { complete, members } = await containment.lookFully([mark])
      clean = complete && members.get(mark)?.length === 0 ? clean + 1 : 0
      await pause(proofMillis)
      return clean >= 2 ? true : undefined
    },
    { what: "two looks that find nobody", withinMillis: emptyWithinMillis },
  )
  if (mark.leaf !== null) containment.dropLeaf(mark.leaf)
}

/** Its output may be held open by others for longer than it lives. */
const endOf = async (child: ChildProcess): Promise<{ code: number; output: string }> => {
  let output = ""
  child.stdin?.on("error", () => undefined)
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => (output += chunk))
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (output += `! ${chunk}`))
  const [code, signal] = await once(child, "exit")
  await Promise.race([once(child, "close"), pause(heldOpenMillis)])
  return { code: code ?? (signal === "SIGKILL" ? 137 : -1), output }
}

/** Ends what a tier misses and says that it misses. By its own pid, and only who holds this test's pipe. */
export const endMissed = (missed: readonly MachineProcess[]): void => {
  for (const { pid } of missed) process.kill(pid, "SIGKILL")
}
