// `corral run`: one command in the foreground of this terminal, under the same containment as an agent. Its exit code is kept, and
// nothing that it started outlives it.
import { constants } from "node:os"
import { rmSync, writeFileSync } from "node:fs"
import type { StopReason, TreeCertificate } from "@corral/contracts/certificate"
import { Auditor } from "./audit.ts"
import { treeId } from "./contract.ts"
import { superviseWith, type Established } from "./establish.ts"
import type { Exit } from "./pipes.ts"
import { Refusal } from "./refusal.ts"
import { startInForeground, type Command } from "./spawn.ts"
import { stopTree } from "./stop.ts"
import type { Supervision } from "./supervision.ts"
import { trees } from "./trees.ts"
import { Watcher } from "./watch.ts"

/** How often memory and processor are looked at, where a limit was set. */
const lookMillis = 1_000
/** Less processor time than this in one look is no work: a prompt that blinks, a timer that looks around. */
const idleCpuMillis = 10

export interface ForegroundOptions {
  /** The program that the watcher becomes. */
  readonly sweep: readonly string[]
  /** Null: no limit. */
  readonly idleMillis: number | null
  readonly memoryBytes: number | null
  /** Where the certificate is kept as JSON; null: nowhere. */
  readonly certificate: string | null
  readonly say: (line: string) => void
}

/** As shells count: 128 and the signal's number. */
const signalled = 128
const exitCodes = { refused: 126, missing: 127 } as const

/** Gives the exit code: the command's own, or 128 and the number of the signal that ended it. */
export async function runInForeground(established: Established, command: Command, options: ForegroundOptions): Promise<number> {
  const { home, lock, containment, ledger } = established
  const watcher = new Watcher({
    sweep: options.sweep,
    strike: { leaves: containment.leaves.beginning, record: home.struck },
    env: {},
    onPid: (pid) => containment.protect(pid),
    onChange: () => {},
  })
  const s = superviseWith(established, { armed: () => watcher.armed(), onGone: () => {} })
  const auditor = new Auditor(s)
  try {
    return await hostCommand(s, command, options)
  } finally {
    auditor.stop()
    const isClear = s.trees.size === 0
    // With something left behind the watcher is not dismissed: it sweeps once more when we are gone.
    if (isClear) await watcher.dismiss()
    ledger.close()
    lock.release()
    if (isClear) rmSync(home.folder, { recursive: true, force: true })
  }
}

async function hostCommand(s: Supervision, command: Command, options: ForegroundOptions): Promise<number> {
  const id = `run_${process.pid}`
  if (!treeId(id)) throw new Error(`${id} is no name for a tree`)
  const plan = { ...command, treeId: id, session: null, provider: "run", farewell: [], budgets: null }
  const started = await startInForeground(s, plan)
  if (started instanceof Refusal) {
    options.say(started.message)
    return started.tag === "no-program" ? exitCodes.missing : exitCodes.refused
  }
  const { tier, tierReason } = s.containment
  if (tierReason !== null) options.say(`contained by ${tier}: ${tierReason}`)
  const { tree, exited } = started
  let why: StopReason = "exited"
  const stop = (reason: StopReason, from: "term" | "kill"): void => {
    why = reason
    void stopTree(s, tree, { reason, askedBy: "corral run", from })
  }
  const watching = watchLimits(s, options, stop)
  obeySignals(stop)
  const exit = await exited
  clearInterval(watching)
  tree.exit = exit
  s.ladders.wake()
  const result = await stopTree(s, tree, { reason: why, askedBy: "command", ...tree.lastStop, from: tree.stopping ? null : "term" })
  tell(result, options)
  return result === null || typeof result === "string" || result.outcome !== "gone" ? failedCode(exit) : codeOf(exit)
}

/** A command that ended well but left what could not be ended has not ended well. */
const failedCode = (exit: Exit): number => codeOf(exit) || 1

const codeOf = ({ code, signal }: Exit): number => code ?? signalled + (signal === null ? 0 : signalNumber(signal))

const signalNumber = (name: string): number => Object.entries(constants.signals).find(([each]) => each === name)?.[1] ?? 0

/** The terminal sends Ctrl-C to the command itself, which may have its own use for it. */
function obeySignals(stop: (reason: StopReason, from: "term" | "kill") => void): void {
  let asked = 0
  process.on("SIGINT", () => {})
  for (const signal of ["SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      asked += 1
      stop("stop", asked === 1 ? "term" : "kill")
    })
  }
}

function watchLimits(
  s: Supervision,
  options: ForegroundOptions,
  stop: (reason: StopReason, from: "term") => void,
): NodeJS.Timeout | undefined {
  const { idleMillis, memoryBytes, say } = options
  if (idleMillis === null && memoryBytes === null) return undefined
  let busyAt = performance.now()
  const check = async (): Promise<void> => {
    const [seen] = (await trees(s, true)).trees
    if (seen === undefined || seen.state !== "running") return
    const cpuMillis = seen.processes.reduce((sum, { cpuPercent }) => sum + (cpuPercent * lookMillis) / 100, 0)
    if (cpuMillis > idleCpuMillis) busyAt = performance.now()
    if (memoryBytes !== null && seen.memoryBytes > memoryBytes) {
      say(`over its memory: ${megabytes(seen.memoryBytes)} of ${megabytes(memoryBytes)}`)
      return stop("memory", "term")
    }
    if (idleMillis === null || performance.now() - busyAt < idleMillis) return
    say(`idle for ${Math.round(idleMillis / 1000)} s`)
    stop("idle", "term")
  }
  return setInterval(() => void check(), lookMillis)
}

function tell(result: TreeCertificate | string | null, { certificate, say }: ForegroundOptions): void {
  if (result === null) return
  if (typeof result === "string") return say(result)
  if (certificate !== null) writeFileSync(certificate, `${JSON.stringify(result, null, 2)}\n`)
  say(sentenceOf(result))
}

export function sentenceOf({ outcome, unseen, killed, freedBytes, left, survivors, startedAt, endedAt }: TreeCertificate): string {
  const ended = killed.length === 0 ? "nothing was left to end" : `${killed.length} ended by signal, ${megabytes(freedBytes)} freed`
  const still = survivors.map(({ pid, command }) => `\n  still there: ${pid} ${command}`).join("")
  const [how, blind] = unseen === undefined ? [outcome, ""] : [`${outcome}, as far as could be seen`, `\n  not seen: ${unseen}`]
  return `${how}: ${ended}, ${left} left (${endedAt - startedAt} ms)${blind}${still}`
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`
