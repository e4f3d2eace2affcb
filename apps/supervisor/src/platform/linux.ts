// Linux: tokens by prlimit, where asked for a pid namespace or a cgroup around each tree, everything else by /proc. Works without root,
// addons and programs of our own.
import { installOf } from "../token.ts"
import type { Containment, Listed, Mark, Row, Sent, Sighted, Sighting, Strike, Weight } from "./containment.ts"
import { pass, type Pass } from "./evidence.ts"
import { portsOf } from "./net.ts"
import { unseenNow } from "./hidden.ts"
import { dropLeaf, isIn, killLeaf, noLeaves, pidsIn, type Leaves } from "./leaves.ts"
import { offerToOom } from "./oom.ts"
import * as proc from "./proc.ts"
import { Reader } from "./reader.ts"
import { sealScript, type Seal } from "./seal.ts"
import { sendSignal } from "./send-signal.ts"

/** A command line longer than this says nothing more to a reader. */
const maxCommandChars = 256

export interface LinuxTier {
  readonly tier: "linux-token" | "linux-sealed" | "linux-cgroup" | "linux-plain"
  readonly tierReason: string | null
  readonly install: number
  /** The command that sets the token and execs; null where none works. */
  readonly wrapper: ((token: string) => readonly string[]) | null
  readonly tokenCeiling: bigint | null
  /** Around each tree, beside its token. */
  readonly seal?: Seal
  readonly leaves?: Leaves
}

/** Throws where /proc is not there: without it nothing can be contained. */
export function linux(tier: LinuxTier): Containment {
  const machine = proc.readMachine()
  const reader = new Reader(machine, { ...proc, pidsIn, isIn })
  const leaves = tier.leaves ?? noLeaves
  const untouchable = ownLine()
  const signal = (member: Sighted, send: (stat: proc.Stat) => Sent): Sent => {
    if (untouchable.has(member.pid)) return "not-ours"
    return attempt("denied", () => {
      const stat = proc.readStat(member.pid)
      if (!stat || stat.start !== member.start) return "gone"
      return holds(member) ? send(stat) : "not-ours"
    })
  }
  return {
    tier: tier.tier,
    tierReason: tier.tierReason,
    boot: machine.boot,
    pauseMillis: 20,
    tokenCeiling: tier.tokenCeiling,
    leaves,
    dropLeaf,
    wrap: ({ token, leaf, hasTerminal, argv }) => [
      ...(token === null ? [] : (tier.wrapper?.(token) ?? [])),
      ...(leaf === null ? [] : leaves.join(leaf)),
      ...(tier.seal?.(hasTerminal) ?? []),
      ...argv,
    ],
    list: () => proc.listPids().flatMap((pid) => listed(reader, pid) ?? []),
    identify: (pid) => attempt(null, () => reader.row(pid, { withCookie: false })),
    hasNews: () => attempt(true, () => reader.hasNews()),
    lookFully: (marks, strike) =>
      looked(marks, async () => seen(pass(await reader.tableFully(marks), marks, strike ?? none), tier.install)),
    lookAround: (marks, slice, strike) =>
      looked(marks, async () => seen(pass(await reader.tableAround(marks, slice), marks, strike ?? none), tier.install)),
    unseen: unseenNow,
    signal: (member, name) => signal(member, () => sendSignal(member.pid, name)),
    killGroup: (member) => signal(member, (stat) => killTogether(member, stat)),
    protect: (pid) => void untouchable.add(pid),
    offerToOom,
    weigh: (pid) => attempt(null, () => weigh(pid, machine)),
    portsOf,
    commandOf: (row) => told(attempt("", () => proc.readCommandLine(row.pid)) || row.name).slice(0, maxCommandChars),
    sessionTag: (pid) => attempt(null, () => proc.readVariable(pid, "CORRAL_SESSION")),
  }
}

/** `otherwise` where we are unable to look at all: nothing may be concluded from that, and nothing done. */
function attempt<A>(otherwise: A, read: () => A): A {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** Evidence read again. What was proved by descent was journalled then; its identity is the evidence now. */
function holds(member: Sighted): boolean {
  const { mark, pid, evidence } = member
  if (evidence === "token") return mark.token !== null && Object.values(proc.readLimits(pid)).includes(mark.token)
  if (evidence === "cgroup") return mark.leaf !== null && isIn(mark.leaf, pid)
  if (evidence === "cookie") return proc.readVariable(pid, "CORRAL_TREE") === mark.cookie
  return mark.known.get(pid) === member.start
}

/** A seal has the agent's command behind its own, which tells nobody anything. */
function told(command: string): string {
  const at = command.indexOf(sealScript)
  return at < 0 ? command : `seal of ${command.slice(at + sealScript.length).trim()}`
}

/** A leaf ends whole, with whoever is being forked in it; who has left it may still stand in a group that is ours. */
function killTogether({ pid, mark }: Sighted, stat: proc.Stat): Sent {
  const byLeaf = mark.leaf !== null && isIn(mark.leaf, pid) ? killLeaf(mark.leaf) : "not-ours"
  const byGroup = mark.sids.has(stat.sid) ? sendSignal(-stat.pgid, "SIGKILL") : "not-ours"
  return byLeaf === "sent" ? byLeaf : byGroup
}

/** Ourselves and everyone we descend from. */
function ownLine(): Set<number> {
  const line = new Set([0, 1, process.pid])
  for (let pid = process.ppid; pid > 1 && !line.has(pid); pid = proc.readStat(pid)?.ppid ?? 0) line.add(pid)
  return line
}

const none: Strike = () => {}

/** Where it cannot look, the look says so. */
async function looked(marks: readonly Mark[], look: () => Promise<Sighting>): Promise<Sighting> {
  try {
    return await look()
  } catch {
    return { complete: false, members: new Map(marks.map((mark) => [mark, []])), unclaimed: [] }
  }
}

function seen({ settled, members, rest }: Pass, install: number): Sighting {
  return { complete: settled, members, unclaimed: rest.flatMap((row) => ofInstall(row, install)) }
}

/** It bears a token of this install, be it beside the token of another Corral. */
function ofInstall(row: Row, install: number): Row[] {
  const token = [row.innermostToken, row.innerToken, row.token].find((each) => each !== null && installOf(each) === install) ?? null
  return token === null ? [] : [{ ...row, token }]
}

function listed(reader: Reader, pid: number): Listed | null {
  const row = reader.row(pid, { withCookie: true })
  const stat = proc.readStat(pid)
  if (!row || stat?.start !== row.start) return null
  const [words, executable, user, service] = [proc.readWords(pid), proc.readExecutable(pid), proc.readUser(pid), proc.readService(pid)]
  return { ...row, words, executable, user, service, hasTerminal: stat.terminal !== 0 }
}

function weigh(pid: number, machine: proc.Machine): Weight | null {
  const pages = proc.readPages(pid)
  const stat = proc.readStat(pid)
  if (!pages || !stat) return null
  return {
    privateBytes: Math.max(0, pages.resident - pages.shared) * machine.pageBytes,
    sharedBytes: pages.shared * machine.pageBytes,
    executable: proc.readExecutable(pid) ?? stat.name,
    cpuMillis: (stat.cpuTicks * 1000) / machine.ticksPerSecond,
    waitedCpuMillis: (stat.waitedTicks * 1000) / machine.ticksPerSecond,
  }
}
