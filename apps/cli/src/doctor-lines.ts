// What `corral doctor` says to people: who is there, what would end, what has ended.
import type { EndPlan, EndReport, Found, Owner, Survey } from "@corral/contracts/survey"
import { bytes, clip, span, time } from "./format.ts"
import { counted, paint, table, width, type Cell } from "./print.ts"
import { branches } from "./ps.ts"

/** Room for the columns before the command, which differ by a few. */
const columnsBefore = 84
/** On a narrow terminal lines are broken rather than left without a command. */
const leastCommandChars = 24
const mostOwnerChars = 32

const memories = {
  "shared-once": "memory: of each with all below it; what these processes share is counted once",
  resident: "memory: of each with all below it, as RSS, which counts what processes share for each of them",
} as const

export function surveyLines({ checkedAt, memory, found, processes, memoryBytes }: Survey): string[] {
  const count = (kind: Found["kind"]) => found.filter((each) => each.kind === kind).length
  const who = `${counted(count("agent"), "coding agent")}, ${counted(count("mcp"), "MCP server")}`
  const sum = `${counted(processes, "process", "processes")}, ${bytes(memoryBytes)}`
  const head = `${who}: ${sum}  ${paint("dim", time(checkedAt))}`
  if (found.length === 0) return [head]
  const titles = ["pid", "age", "memory", "processes"].map((text): Cell => ({ text, right: true, style: "dim" }))
  const words = ["what", "whose", "command"].map((text): Cell => ({ text, style: "dim" }))
  const rows = branches(inOrder(found).map((each) => ({ ...each, ppid: each.within ?? 0 }))).map(({ process, stem }) =>
    rowOf(process, stem),
  )
  return [head, paint("dim", memories[memory]), "", ...table([[...titles, ...words], ...rows]), ...orphanLines(found)]
}

/** Orphans last, where they are seen; the heaviest of each kind first. */
function inOrder(found: readonly Found[]): readonly Found[] {
  const isOrphan = ({ owner }: Found): number => Number(owner.kind === "orphan")
  return found.toSorted((one, other) => isOrphan(one) - isOrphan(other) || other.memoryBytes - one.memoryBytes)
}

function rowOf({ pid, startedAt, memoryBytes, pids, kind, name, owner, command, isOtherUsers }: Found, stem: string): Cell[] {
  return [
    { text: String(pid), right: true },
    { text: span(Date.now() - startedAt), right: true },
    { text: bytes(memoryBytes), right: true },
    { text: String(pids.length), right: true },
    { text: `${stem}${name}${kind === "mcp" ? " (MCP)" : ""}` },
    { text: clip(ownerText(owner, isOtherUsers), mostOwnerChars), ...(owner.kind === "orphan" && { style: "red" as const }) },
    { text: clip(command, Math.max(leastCommandChars, width() - columnsBefore)), style: "dim" },
  ]
}

function ownerText({ kind, name, pid }: Owner, isOtherUsers: boolean): string {
  const other = isOtherUsers ? ", another user's" : ""
  if (kind === "orphan") return `orphan${other}`
  if (kind === "corral") return `Corral ${name}${other}`
  const service = kind === "service" ? "service " : ""
  return `${service}${name}${pid === null ? "" : ` ${pid}`}${other}`
}

function orphanLines(found: readonly Found[]): string[] {
  const orphans = found.filter(({ owner, within }) => owner.kind === "orphan" && within === null)
  if (orphans.length === 0) return []
  const memory = bytes(orphans.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0))
  const ours = orphans.filter(({ isOtherUsers }) => !isOtherUsers).map(({ pid }) => pid)
  return [
    "",
    paint("red", `${counted(orphans.length, "orphan")}, ${memory}: whoever started them is gone, so they are likely strays`),
    ...orphans.map(({ pid, owner }) => `  ${pid}: ${owner.evidence}`),
    ...(ours.length === 0 ? [] : [`  if you do not need them: corral doctor --end ${ours.join(" ")}`]),
  ]
}

export function planLines({ ends, memoryBytes }: EndPlan): string[] {
  const rows = branches(ends).map(({ process: { pid, memoryBytes: each, command }, stem }): Cell[] => [
    { text: String(pid), right: true },
    { text: bytes(each), right: true },
    // Never cut: it is what a person consents to.
    { text: `${stem}${command}` },
  ])
  return [
    `to be ended: ${counted(ends.length, "process", "processes")}, ${bytes(memoryBytes)}`,
    ...table([...rows, ...sharedRow(ends, memoryBytes)]),
  ]
}

/** So that the rows add up. Less than a megabyte is a matter of rounding. */
function sharedRow(ends: EndPlan["ends"], whole: number): Cell[][] {
  const shared = whole - ends.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)
  if (shared < 1_000_000) return []
  return [[{ text: "" }, { text: bytes(shared), right: true, style: "dim" }, { text: "shared files, counted once", style: "dim" }]]
}

export function reportLines({ outcome, killed, left, freedBytes, millis, checkedAt }: EndReport): string[] {
  const kills = killed.filter(({ signal }) => signal === "KILL").length
  const hard = kills === 0 ? "" : `, ${kills} of them by KILL`
  const seen = `${left.length} left, seen at ${time(checkedAt)} (${span(millis)})`
  return [
    `${outcome}: ${killed.length} signalled${hard}, ${bytes(freedBytes)} freed, ${seen}`,
    ...left.map(({ pid, command }) => paint("red", `  still there: ${pid} ${command}`)),
  ]
}
