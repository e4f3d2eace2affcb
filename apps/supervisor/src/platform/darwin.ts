// macOS, best effort: no token exists there and environments of system programs cannot be read, so members are known by
// descent alone: journalled identity, parent, group's session. A process that leaves its family between two looks is lost.
// It asks nothing but `ps`, so it runs on Linux too, where it is tested (CORRAL_TIER=ps).
import { spawnSync } from "node:child_process"
import type { Containment, Listed, Mark, Row, Sent, Sighted, Sighting, Strike } from "./containment.ts"
import { pass, type Fresh, type Pass, untold } from "./evidence.ts"
import { unseenNow } from "./hidden.ts"
import { noLeaves } from "./leaves.ts"
import { parsePs, parsePsWeight, parsePsWords, psColumns, psWeightColumns, psWordColumns } from "./ps.ts"
import { sendSignal } from "./send-signal.ts"

/** `ps` of a busy machine takes a tenth of a second. */
const psMillis = 5000
const psBytes = 16 * 1024 * 1024
const maxCommandChars = 256

export function darwin(tier: { readonly tier: string; readonly tierReason: string }): Containment {
  const untouchable = ownLine()
  const signal = (member: Sighted, send: (row: Row) => Sent): Sent => {
    if (untouchable.has(member.pid)) return "not-ours"
    const row = rowOf(member.pid)
    if (!row || row.start !== member.start) return "gone"
    return member.mark.known.get(member.pid) === row.start ? send(row) : "not-ours"
  }
  return {
    ...tier,
    boot: ask("sysctl", ["-n", "kern.bootsessionuuid"])?.trim() || (ask("cat", ["/proc/sys/kernel/random/boot_id"])?.trim() ?? "unknown"),
    pauseMillis: 150,
    tokenCeiling: null,
    leaves: noLeaves,
    dropLeaf: () => {},
    wrap: ({ argv }) => argv,
    list,
    identify: rowOf,
    hasNews: () => true,
    // One `ps` tells of everybody, so both are the same, and there are no slices of it.
    lookFully: async (marks, strike) => look(marks, strike),
    lookAround: async (marks, _, strike) => look(marks, strike),
    // Where this runs on Linux, `ps` sees what /proc shows.
    unseen: () => (process.platform === "linux" ? unseenNow() : null),
    signal: (member, name) => signal(member, () => sendSignal(member.pid, name)),
    killGroup: (member) => signal(member, (row) => (isLedByMember(row.pgid, member.mark) ? sendSignal(-row.pgid, "SIGKILL") : "not-ours")),
    protect: (pid) => void untouchable.add(pid),
    offerToOom: () => {},
    weigh: (pid) => {
      const weight = parsePsWeight(ask("ps", ["-o", psWeightColumns, "-p", String(pid)]) ?? "")
      if (!weight) return null
      const { residentBytes, name, cpuMillis } = weight
      return { privateBytes: residentBytes, sharedBytes: 0, executable: name, cpuMillis, waitedCpuMillis: 0 }
    },
    // `lsof` would tell, in half a second: more than the whole page is worth.
    portsOf: async () => ({ ports: new Map(), workMillis: 0 }),
    commandOf: (row) => (ask("ps", ["-ww", "-o", "args=", "-p", String(row.pid)])?.trim() || row.name).slice(0, maxCommandChars),
    sessionTag: () => null,
  }
}

function look(marks: readonly Mark[], strike?: Strike): Sighting {
  const { settled, members } = passOver(marks, strike ?? (() => {}))
  return { complete: settled, members, unclaimed: [] }
}

function passOver(marks: readonly Mark[], strike: Strike): Pick<Pass, "settled" | "members"> {
  const given = new Set<string>()
  const fresh = (): Fresh => {
    const unseen = listAll().filter((row) => !given.has(`${row.pid} ${row.start}`))
    for (const row of unseen) given.add(`${row.pid} ${row.start}`)
    return { rows: unseen, missed: 0 }
  }
  try {
    return pass({ fresh, ...untold, isWhole: true }, marks, strike)
  } catch {
    return { settled: false, members: new Map(marks.map((mark) => [mark, []])) }
  }
}

/** Without sessions a group cannot be proved ours as a whole, unless its leader is a member. */
function isLedByMember(pgid: number, { known }: Mark): boolean {
  const leader = known.has(pgid) ? rowOf(pgid) : null
  return leader?.pgid === pgid && known.get(pgid) === leader.start
}

function rowOf(pid: number): Row | null {
  return parsePs(ask("ps", ["-o", psColumns, "-p", String(pid)]) ?? "")[0] ?? null
}

function ownLine(): Set<number> {
  const line = new Set([0, 1, process.pid])
  for (let pid = process.ppid; pid > 1 && !line.has(pid); pid = rowOf(pid)?.ppid ?? 0) line.add(pid)
  return line
}

/**
 * Without the `ps` that looked: it is a new one each time, and no pass would ever come to rest. Throws where `ps` failed: a pass that
 * took that for "nobody is there" would forget every member, and here nothing else tells who they are.
 */
function listAll(): Row[] {
  const run = start("ps", ["-axo", psColumns])
  if (run.error || run.status !== 0) throw new Error(`ps could not list processes: ${run.error?.message ?? `code ${run.status}`}`)
  return parsePs(run.stdout).filter((row) => row.pid !== run.pid)
}

/** Words are parted by spaces here: where one holds a space, it is told as two. */
function list(): readonly Listed[] {
  const words = parsePsWords(ask("ps", ["-axwwo", psWordColumns]) ?? "")
  return listAll().map((row) => {
    const said = words.get(row.pid)
    return {
      ...row,
      words: said?.words ?? [],
      executable: row.name.startsWith("/") ? row.name : null,
      user: said?.user ?? null,
      hasTerminal: said?.hasTerminal ?? false,
      service: null,
    }
  })
}

/** Null: it could not be asked. `ps -p` of a process that left ends with 1 and says nothing: that is an answer. */
function ask(program: string, args: readonly string[]): string | null {
  const run = start(program, args)
  return run.error || run.signal || (run.status !== 0 && run.stdout !== "") ? null : run.stdout
}

function start(program: string, args: readonly string[]) {
  const env = { PATH: "/bin:/usr/bin:/sbin:/usr/sbin", LC_ALL: "C", TZ: "UTC" }
  return spawnSync(program, args, { encoding: "utf8", env, timeout: psMillis, maxBuffer: psBytes, stdio: ["ignore", "pipe", "ignore"] })
}
