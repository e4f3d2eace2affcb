// What the supervisor asks of an operating system: run with a mark, look at all processes, signal with proof.
import type { Evidence } from "@corral/contracts/certificate"
import type { TreeId } from "@corral/contracts/ids"
import type { Listening } from "./net.ts"
import type { Leaves } from "./leaves.ts"
import type { Sessions } from "./sessions.ts"
import type { Slice } from "./slice.ts"

/** One process as the system tells of it now. `start` is the system's own clock; with `pid` and the boot it names one process. */
export interface Row {
  readonly pid: number
  readonly ppid: number
  readonly pgid: number
  /** 0 where the system does not tell. */
  readonly sid: number
  readonly start: number
  /** The same in ms since 1970. */
  readonly startedAt: number
  readonly name: string
  /** The rlimit token it bears; null where there is none, or none can be read. */
  readonly token: string | null
  /** The token of a Corral that runs inside a session of another one, beside that one's own; null: there is none. */
  readonly innerToken: string | null
  /** That of a Corral inside a session of such a one, beside both. */
  readonly innermostToken: string | null
  /** The value of CORRAL_TREE in its environment; read only while a tree without a token lives. */
  readonly cookie: string | null
  /** The leaf of a tree that it is in; read only of whom a leaf names. */
  readonly leaf: string | null
}

/** A process with what a person would want to know of it. Null, or no words: the system does not tell. */
export interface Listed extends Row {
  readonly words: readonly string[]
  readonly executable: string | null
  readonly user: number | null
  readonly hasTerminal: boolean
  /** The service of the system that it was started in. */
  readonly service: string | null
}

/** By what the members of one tree are known. Its owner is the tree; `look` adds to `known` and `sids` what it has proved. */
export interface Mark {
  readonly treeId: TreeId
  /** Null where tokens do not work: then the cookie counts in its place. */
  readonly token: string | null
  readonly cookie: string
  /** The cgroup that was made for this tree alone, as a folder; null: none. */
  readonly leaf: string | null
  /** Journalled members: pid → start. Members known by their token need not be here. */
  readonly known: Map<number, number>
  /** Sessions that the tree made, and that were never seen empty since. */
  readonly sids: Sessions
}

export interface Sighted extends Row {
  readonly mark: Mark
  readonly evidence: Evidence
}

/** `complete` false: the look failed in part or did not come to rest, so an empty list proves nothing. */
export interface Sighting {
  readonly complete: boolean
  /** Every living member of every mark asked about; a mark without members has an empty list. */
  readonly members: ReadonlyMap<Mark, readonly Sighted[]>
  /** Bearers of a token of this install that belongs to none of the marks; `token` is that one. */
  readonly unclaimed: readonly Row[]
}

/** Called for each member as soon as it is proved, in the same tick. */
export type Strike = (member: Sighted) => void

export type Signal = "SIGTERM" | "SIGCONT" | "SIGKILL"

/** `gone`: it had left. `denied`: the system refused. `not-ours`: the evidence did not hold a second time, so nothing was sent. */
export type Sent = "sent" | "gone" | "denied" | "not-ours"

/** `privateBytes`: no other process holds them. `cpuMillis`: since its start. `waitedCpuMillis`: of its ended children, 0 where the system does not tell. */
export interface Weight {
  readonly privateBytes: number
  readonly sharedBytes: number
  readonly executable: string
  readonly cpuMillis: number
  readonly waitedCpuMillis: number
}

export interface Wrapping {
  /** Null: tokens do not work here. */
  readonly token: string | null
  readonly leaf: string | null
  /** It has our terminal, and must stay in its session. */
  readonly hasTerminal: boolean
  readonly argv: readonly string[]
}

/** One per platform tier. Total: a process that left or cannot be read is an answer, never an exception. */
export interface Containment {
  readonly tier: string
  /** Why it is not the tier that was asked for; null where it is. */
  readonly tierReason: string | null
  /** Names this boot of the machine: a pid and start of another boot name nobody. */
  readonly boot: string
  /** How long a ladder rests between two looks. */
  readonly pauseMillis: number
  /** New tokens must lie below this, else the system refuses to set them; null: tokens do not work. */
  readonly tokenCeiling: bigint | null
  /** Where trees get a cgroup of their own, on tiers that have such. `make` comes before `wrap`, `dropLeaf` when the tree was proved gone. */
  readonly leaves: Leaves
  /** Second time, or with somebody in it: nothing happens. */
  dropLeaf(leaf: string): void
  /**
   * The command that runs the agent contained. What is started by it is the tree's root: the agent itself, or (`linux-sealed`) what holds it,
   * which has its pipes and leaves when the agent leaves, with its code.
   */
  wrap(how: Wrapping): readonly string[]
  /** Everybody, whosoever they are. Throws where they cannot be listed. Nothing is proved by it. */
  list(): readonly Listed[]
  /** Null: no such process, or it is dead and not yet collected. */
  identify(pid: number): Row | null
  /** Whether anybody can have come since the last look; true where the system does not tell. Costs next to nothing. */
  hasNews(): boolean
  /**
   * Believes nothing that was read before, and so it alone can prove that nobody is there. First everybody is read in slices, so that others are
   * heard in between; then, at one go, who has come or changed since that began. It lists again until no new process appears. One look serves
   * all marks.
   */
  lookFully(marks: readonly Mark[], strike?: Strike): Promise<Sighting>
  /**
   * For screens, for the auditor and for striking: shows what there is, and nothing is proved by it. It reads in slices too, and where it can it
   * lists nobody: of those who are known only members are read, and then the numbers that were given out since the last look. So it costs what
   * has happened, not what is there. Where numbers may have gone round, or were many, it lists after all.
   */
  lookAround(marks: readonly Mark[], slice: Slice, strike?: Strike): Promise<Sighting>
  /** Who may be there and is shown by no look now, as a sentence; null: nobody is hidden. */
  unseen(): string | null
  /** Reads identity and evidence again, then signals, in one synchronous block. Never self, ancestors or what is protected. */
  signal(member: Sighted, signal: Signal): Sent
  /** SIGKILL to the member's leaf and to its group, as far as member and group are proved ours in the same tick. */
  killGroup(member: Sighted): Sent
  /** Never signalled from now on: the watcher. */
  protect(pid: number): void
  /** Offers the process to the system first when memory runs out. Failing is no harm. */
  offerToOom(pid: number): void
  weigh(pid: number): Weight | null
  /** The TCP ports that each listens on. Nobody is in the answer where the system does not tell. */
  portsOf(pids: readonly number[]): Promise<Listening>
  /** The command line, cut; the name where it cannot be read. */
  commandOf(row: Row): string
  /** The value of CORRAL_SESSION in its environment. */
  sessionTag(pid: number): string | null
}
