// corral ps: every process of every session as a tree, with the reason it is alive and the rule that would end it; strays last.
import type { ThreadId } from "@corral/contracts/ids"
import type { Process, Processes } from "@corral/contracts/tree"
import { portWords } from "@corral/domain/views/port-words"
import { wokenWords } from "@corral/domain/views/woken-words"
import { admissionWords } from "@corral/domain/views/admission-words"
import { stalledWords } from "@corral/domain/views/stalled-words"
import type { Command } from "commander"
import { bytes, clip, heavyWords, span, time } from "./format.ts"
import { short } from "./pick.ts"
import { counted, paint, table, width, type Cell } from "./print.ts"
import { withServer } from "./reach.ts"
import { findThread } from "./thread/find.ts"
import { give, verb, type Options } from "./verb.ts"

interface PsOptions extends Options {
  readonly thread?: string
}

/** Room for pid, memory and CPU before the command. */
const columnsBefore = 30

export function ps(parent: Command): void {
  verb(parent, {
    words: "ps",
    about: "show every process of every session, why it is alive and what would end it; strays last",
    examples: ["corral ps", "corral ps --thread 4f9 --json"],
  })
    .option("--thread <thread>", "only the processes of one thread")
    .action((options: PsOptions) =>
      withServer(async (connection) => {
        const threadId: ThreadId | null = options.thread === undefined ? null : (await findThread(connection, options.thread)).threadId
        give(options, await connection.call("processes", { threadId }), psLines)
      }),
    )
}

export function psLines(found: Processes): string[] {
  const processes = found.trees.reduce((sum, tree) => sum + tree.processes.length, 0)
  const memory = found.trees.reduce((sum, tree) => sum + tree.memoryBytes, 0)
  const total = `${counted(processes, "process", "processes")} in ${counted(found.trees.length, "tree")}, ${bytes(memory)}`
  const doubt = found.complete ? [] : [paint("red", "part of the machine could not be looked at: this list may lack some")]
  return [
    `${total}, ${counted(found.strays.length, "stray")}  ${paint("dim", time(found.checkedAt))}`,
    ...doubt,
    ...found.trees.flatMap(treeLines),
    ...waitingLines(found),
    ...strayLines(found),
  ]
}

function treeLines(tree: Processes["trees"][number]): string[] {
  const heads = tree.threads.map(({ threadId, title, state, reason, endsWhen, endsAt, stalled, heavy }) => {
    const clock = endsAt === null ? "" : ` (${span(endsAt - Date.now())})`
    const doubt = stalled === undefined ? "" : paint("yellow", `, stalled: ${stalledWords(stalled, Date.now())}`)
    const weight = heavy === undefined ? "" : paint("yellow", `, ${heavyWords(heavy)}`)
    return `${paint("bold", title)}  ${paint("dim", short(threadId))}  ${state}: ${reason}${doubt}${weight}; ends ${endsWhen}${clock}`
  })
  const woken = tree.threads[0]?.woken
  const started = woken === undefined ? "" : `, started ${wokenWords(woken)}`
  const nobody = paint("red", `serves no thread  ${tree.treeId}`)
  const root = `  ${paint("dim", `${tree.provider}, ${tree.state}, ${tree.tier}, ${bytes(tree.memoryBytes)}, up ${span(Date.now() - tree.launchedAt)}${started}`)}`
  return ["", ...(heads.length > 0 ? heads : [nobody]), root, ...table([...branches(tree.processes).map(row), ...sharedRow(tree)])]
}

/** So that the rows add up to the tree's figure. Less than a megabyte is a matter of rounding. */
function sharedRow({ memoryBytes, processes }: Processes["trees"][number]): Cell[][] {
  const shared = memoryBytes - processes.reduce((sum, process) => sum + process.memoryBytes, 0)
  if (shared < 1_000_000) return []
  return [
    [{ text: "" }, { text: bytes(shared), right: true, style: "dim" }, { text: "" }, { text: "shared files, counted once", style: "dim" }],
  ]
}

type Kin = Pick<Process, "pid" | "ppid">

interface Branch<P extends Kin = Process> {
  readonly process: P
  readonly stem: string
}

/**
 * Children below their parents. Whose parent is not in the tree (it daemonised, or is the root) stands at the left; so does whoever is
 * its own ancestor, which pids that were used again while we looked can feign.
 */
export function branches<P extends Kin>(processes: readonly P[]): Branch<P>[] {
  const pids = new Set(processes.map(({ pid }) => pid))
  const drawn = new Set<number>()
  const grow = (process: P, stem: string, indent: string): Branch<P>[] => {
    drawn.add(process.pid)
    const children = processes.filter(({ pid, ppid }) => ppid === process.pid && !drawn.has(pid))
    const below = children.flatMap((child, at) => {
      const isLast = at === children.length - 1
      return grow(child, `${indent}${isLast ? "└ " : "├ "}`, `${indent}${isLast ? "  " : "│ "}`)
    })
    return [{ process, stem }, ...below]
  }
  const roots = processes.filter(({ ppid }) => !pids.has(ppid))
  return [...roots, ...processes].flatMap((process) => (drawn.has(process.pid) ? [] : grow(process, "", "")))
}

function row({ process, stem }: Branch): Cell[] {
  const ports = portWords(process.ports)
  const listens = ports === "" ? "" : `  ${ports}`
  return [
    { text: String(process.pid), right: true, style: "dim" },
    { text: bytes(process.memoryBytes), right: true },
    { text: `${Math.round(process.cpuPercent)} %`, right: true, style: "dim" },
    { text: `${stem}${clip(process.command, width() - columnsBefore - stem.length - listens.length)}${paint("cyan", listens)}` },
  ]
}

function waitingLines({ waiting = [] }: Processes): string[] {
  if (waiting.length === 0) return []
  const rows = waiting.map((thread): Cell[] => [
    { text: String(thread.place), right: true, style: "dim" },
    { text: short(thread.threadId), style: "dim" },
    { text: admissionWords(thread), style: "dim" },
    { text: thread.title },
  ])
  return ["", paint("yellow", "in line: they start when there is room; corral thread admit starts one now"), ...table(rows)]
}

function strayLines({ strays }: Processes): string[] {
  if (strays.length === 0) return []
  const rows = strays.map(({ pid, memoryBytes, command, lastTree }): Cell[] => [
    { text: String(pid), right: true, style: "red" },
    { text: bytes(memoryBytes), right: true },
    { text: lastTree ?? "of no tree we know", style: "dim" },
    { text: clip(command, width() - columnsBefore) },
  ])
  return ["", paint("red", "strays: they outlived their session; corral sweep ends them"), ...table(rows)]
}
