// The survey: every coding agent and MCP server of this machine, whose they are, and what each holds with all that is below it.
import type { Found, Owner, Survey } from "@corral/contracts/survey"
import { sessionId } from "../contract.ts"
import { bytesOf } from "../memory.ts"
import type { Listed } from "../platform/containment.ts"
import { isSealsShell, pastSeal } from "../platform/seal.ts"
import { belongingOf, homeForPeople, type Belonging } from "./installs.ts"
import { ancestorsOf, corralsOwn, treeBelow, type Machine } from "./machine.ts"
import { commandForPeople } from "./mask.ts"
import { ownerOf } from "./owner.ts"
import { recognise, type Kind } from "./recognise.ts"

/** There `ps` weighs, which does not know private pages from shared ones. */
const tiersByPs = ["linux-ps", "darwin"]

export function survey(machine: Machine): Survey {
  const kinds = kindsOf(machine)
  const found = [...kinds].map(([row, kind]) => describe(machine, kinds, { row, kind }))
  const all = new Set(found.flatMap(({ pids }) => pids))
  const rows = machine.rows.filter(({ pid }) => all.has(pid))
  const memory = tiersByPs.includes(machine.scales.tier) ? "resident" : "shared-once"
  return { checkedAt: machine.checkedAt, memory, found, processes: rows.length, memoryBytes: bytesOf(machine.scales, rows) }
}

/** Who is listed. What only carries another one on its way (`npm exec` before its server) is one with it, the outermost is named. */
export function kindsOf(machine: Machine): ReadonlyMap<Listed, Kind> {
  const all = new Map<Listed, Kind>()
  for (const row of machine.rows) {
    const kind = corralsOwn(machine, row) ? null : (recognise(row.words, row.executable) ?? rootOfSession(machine, row))
    if (kind) all.set(row, kind)
  }
  return new Map([...all].filter(([row, kind]) => !isOneWithAbove(machine, all, { row, kind })))
}

/** An agent of Corral's that bears no name we know: its ledger says what it is. */
function rootOfSession({ installs }: Machine, row: Listed): Kind | null {
  const belonging = belongingOf(row, installs)
  const tree = belonging?.tree
  const isRoot = tree?.root?.pid === row.pid && tree.root.start === row.start
  return tree && isRoot && tree.session !== null ? { kind: "agent", name: tree.provider } : null
}

interface Seen {
  readonly row: Listed
  readonly kind: Kind
}

function isOneWithAbove(machine: Machine, all: ReadonlyMap<Listed, Kind>, { row, kind }: Seen): boolean {
  const ancestors = ancestorsOf(machine, row)
  const above = kind.kind === "mcp" ? ancestors.find((ancestor) => all.has(ancestor)) : carrierOf(ancestors)
  const other = above && all.get(above)
  if (!other || other.kind !== kind.kind) return false
  return other.name === kind.name || (kind.kind === "mcp" && isCarriedBy(machine, row, above))
}

/** Who has started it: for a sealed agent the root of its tree, past the shell of the seal. */
function carrierOf([parent, grandparent]: readonly Listed[]): Listed | undefined {
  return parent !== undefined && isSealsShell(parent.words) ? grandparent : parent
}

/** `npm exec some-mcp` and the `some-mcp-server` it ran: only shells between them. */
function isCarriedBy(machine: Machine, row: Listed, above: Listed): boolean {
  const between = ancestorsOf(machine, row)
  const at = between.indexOf(above)
  return /^(?:npm|npx|uvx?|bunx?|pnpm|yarn|pipx)$/.test(commandForPeople(above.words).split(" ")[0] ?? "") && at <= 1
}

function describe(machine: Machine, kinds: ReadonlyMap<Listed, Kind>, { row, kind }: Seen): Found {
  const tree = treeBelow(machine, [row])
  const within = ancestorsOf(machine, row).find((ancestor) => kinds.has(ancestor))
  return {
    ...kind,
    pid: row.pid,
    start: row.start,
    startedAt: row.startedAt,
    within: within?.pid ?? null,
    isOtherUsers: isOtherUsers(row),
    owner: wholeOwnerOf(machine, kinds, row),
    command: commandForPeople(pastSeal(row.words)),
    pids: [row.pid, ...tree.map(({ pid }) => pid).filter((pid) => pid !== row.pid)],
    memoryBytes: bytesOf(machine.scales, tree),
  }
}

/** Root too ends only its own here: a person's agents are that person's. */
export const isOtherUsers = ({ user }: Listed): boolean => user !== (process.getuid?.() ?? null)

function wholeOwnerOf(machine: Machine, kinds: ReadonlyMap<Listed, Kind>, row: Listed): Owner {
  const belonging = corralOf(machine, row)
  if (belonging) {
    const { home, tree, evidence } = belonging
    const what = tree === null ? "a tree it does not know" : `tree ${tree.treeId}${tree.isOver ? ", which is over: a stray" : ""}`
    return {
      kind: "corral",
      name: home === null ? "of an unknown home" : homeForPeople(home),
      pid: null,
      evidence: `${evidence}: ${what}`,
      next: nextOf(belonging),
      session: tree !== null && tree.session !== null && sessionId(tree.session) ? tree.session : null,
    }
  }
  const nameOf = (other: Listed): string | null => kinds.get(other)?.name ?? null
  return ownerOf({ row, ancestors: ancestorsOf(machine, row), nameOf })
}

/** By its own evidence, or because it is below one that has some. */
export function corralOf(machine: Machine, row: Listed): Belonging | null {
  const own = belongingOf(row, machine.installs)
  if (own) return own
  for (const ancestor of ancestorsOf(machine, row)) {
    const above = belongingOf(ancestor, machine.installs)
    if (above) return { ...above, evidence: `is below pid ${ancestor.pid}, which ${above.evidence}` }
  }
  return null
}

/** The command that ends it, with a proof. */
export function nextOf({ home, tree }: Belonging): string {
  if (home === null) return "corral ps, with the CORRAL_HOME it was started with; where that is deleted, end it by hand"
  const corral = `CORRAL_HOME=${homeForPeople(home)} corral`
  if (tree === null || tree.isOver) return `${corral} sweep`
  if (tree.session !== null) return `${corral} thread stop ${tree.session.slice(0, tree.session.lastIndexOf("."))}`
  return stopOf(home)
}

/** A `corral run` is stopped where it runs; everything else of a home by its command. */
export function stopOf(home: string | null): string {
  if (home === null) return "corral stop"
  return home === homeForPeople(home) ? `CORRAL_HOME=${home} corral stop` : "Ctrl-C where that `corral run` was started, or TERM to it"
}
