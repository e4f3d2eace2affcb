// Ends the named and what is below them: TERM to each, KILL where that was not enough, and then a look whether they are gone.
import type { EndPlan, EndReport } from "@corral/contracts/survey"
import { Ladders, type Way } from "../descend.ts"
import { bytesOf } from "../memory.ts"
import type { Containment } from "../platform/containment.ts"
import { newTree } from "../tree.ts"
import { corralsOwn, markOfNamed, readMachine } from "./machine.ts"
import { commandForPeople } from "./mask.ts"
import { plan } from "./plan.ts"

/** Agents save their conversation when they are asked to end; what takes longer is killed, and what outlives that is said to be left. */
const budgets = { protocol: 0, eof: 0, term: 5000, kill: 10_000 }

export interface Shown {
  readonly containment: Containment
  readonly home: string
  readonly shown: EndPlan
}

/** A person may have thought for long: what is refused now is refused, and who has another's number by now is nobody's. */
export async function end({ containment, home, shown }: Shown): Promise<EndReport> {
  const begin = Date.now()
  const machine = readMachine(containment, home)
  const isSame = ({ pid, start }: { readonly pid: number; readonly start: number }): boolean => machine.byPid.get(pid)?.start === start
  const living = shown.ends.filter(isSame)
  const { refused } = plan(
    machine,
    living.filter(({ pid }) => shown.named.includes(pid)),
  )
  const nothing = { killed: [], left: [], freedBytes: 0, millis: 0, checkedAt: machine.checkedAt }
  if (refused.length > 0) return { outcome: "stuck", ...nothing, left: living.map(({ pid, command }) => ({ pid, command })), refused }
  for (const row of machine.rows) if (corralsOwn(machine, row)) containment.protect(row.pid)
  const rows = living.flatMap(({ pid }) => machine.byPid.get(pid) ?? [])
  const mark = markOfNamed(rows)
  const launch = { treeId: mark.treeId, provider: "none", tier: containment.tier, launchedAt: begin, farewell: [], budgets: null }
  const tree = newTree({ ...launch, mark, rootTag: null, sessions: new Set() })
  // Each of them chosen, so that no group is signalled as a whole: only who was seen and proved a moment ago.
  const way: Way = { tree, from: "term", budgets, farewell: [], choose: (members) => members, onRung: () => {} }
  const bytesBefore = bytesOf(machine.scales, rows)
  const landing = await new Ladders(containment).descend(way)
  // Whole words hide secrets better than a line that was cut; only who came later has no others.
  const commandOf = (pid: number, line: string): string =>
    living.find((each) => each.pid === pid)?.command ?? commandForPeople(line.split(" "))
  return {
    outcome: landing.outcome,
    killed: landing.killed.map(({ pid, command, signal, evidence }) => ({
      pid,
      command: commandOf(pid, command),
      signal,
      evidence,
    })),
    left: landing.survivors.map((row) => ({ pid: row.pid, command: commandOf(row.pid, containment.commandOf(row)) })),
    freedBytes: Math.max(0, bytesBefore - bytesOf(containment, landing.survivors)),
    millis: Date.now() - begin,
    checkedAt: landing.checkedAt,
    refused: [],
  }
}
