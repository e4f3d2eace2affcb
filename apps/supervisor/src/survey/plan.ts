// What would end if the named were ended, or why nothing of it may be. Nothing is ended by half: one refusal refuses all.
import type { EndPlan, EndRefused } from "@corral/contracts/survey"
import { Scales } from "../memory.ts"
import type { Listed } from "../platform/containment.ts"
import { ancestorsOf, corralsOwn, treeBelow, type Machine } from "./machine.ts"
import { homeForPeople } from "./installs.ts"
import { commandForPeople } from "./mask.ts"
import { corralOf, isOtherUsers, kindsOf, nextOf, stopOf } from "./survey.ts"

/** `start` null: whoever has the number now. */
export interface Wanted {
  readonly pid: number
  readonly start: number | null
}

export function plan(machine: Machine, wanted: readonly Wanted[]): EndPlan {
  const listed = treeBelow(machine, [...kindsOf(machine).keys()])
  const inList = new Set(listed.map(({ pid }) => pid))
  const starts = new Map(wanted.map(({ pid, start }) => [pid, start]))
  const named = [...starts.keys()]
  const roots = named.flatMap((pid) => machine.byPid.get(pid) ?? [])
  const members = treeBelow(machine, roots).flatMap(({ pid }) => machine.byPid.get(pid) ?? [])
  const refused = named.flatMap((pid) => {
    const row = machine.byPid.get(pid)
    if (!row) return [refuse(pid, "NotFound", "there is no such process")]
    const start = starts.get(pid) ?? row.start
    if (start !== row.start) return [refuse(pid, "NotFound", "it has left, and another process has its number now")]
    return whyNot(machine, row) ?? (inList.has(pid) ? [] : [notListed(row)])
  })
  // What is refused itself is not ended, so what is below it does not matter.
  const below = refused.length > 0 ? [] : members.filter(({ pid }) => !named.includes(pid)).flatMap((row) => whyNot(machine, row) ?? [])
  const hidden = below.map((each) => ({ ...each, message: `it would end with what was named. ${each.message}` }))
  const { bytes, processes } = new Scales(machine.scales).weigh(members, true)
  const memoryOf = new Map(processes.map(({ pid, memoryBytes }) => [pid, memoryBytes]))
  return {
    named,
    ends: members.map(({ pid, start, startedAt, ppid, words, name }) => {
      return { pid, start, startedAt, ppid, command: commandForPeople(words) || name, memoryBytes: memoryOf.get(pid) ?? 0 }
    }),
    memoryBytes: bytes,
    refused: [...refused, ...hidden],
  }
}

function whyNot(machine: Machine, row: Listed): EndRefused | null {
  const { pid } = row
  if (pid <= 1) return refuse(pid, "Protected", "that is init: the machine ends with it")
  const self = machine.byPid.get(process.pid)
  if (!self) return refuse(pid, "Protected", "we cannot see ourselves, so it might be us")
  if (pid === self.pid || ancestorsOf(machine, self).some((above) => above.pid === pid)) {
    return refuse(pid, "Protected", "that is the process that asks, or one above it")
  }
  const own = corralsOwn(machine, row)
  if (own !== null) {
    const of = own.home === null ? "" : ` of ${homeForPeople(own.home)}`
    return refuse(pid, "Corrals", `that is Corral's ${own.role}${of}. Next: ${stopOf(own.home)}`)
  }
  const belonging = corralOf(machine, row)
  if (belonging !== null) {
    const whose = belonging.home === null ? "a Corral that is not known here" : `the Corral of ${homeForPeople(belonging.home)}`
    const where = `it belongs to ${whose}, which stops it with a proof.`
    return refuse(pid, "Corrals", `${where} Next: ${nextOf(belonging)}`)
  }
  return isOtherUsers(row) ? refuse(pid, "Denied", "it belongs to another user") : null
}

function notListed(row: Listed): EndRefused {
  return refuse(row.pid, "NotListed", `${commandForPeople(row.words) || row.name} is no coding agent, no MCP server and below none`)
}

function refuse(pid: number, tag: EndRefused["tag"], why: string): EndRefused {
  return { pid, tag, message: `pid ${pid}: ${why}` }
}
