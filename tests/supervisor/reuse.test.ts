// Numbers of processes, groups and sessions that were a tree's and are a stranger's now, with real processes: the stranger is never
// signalled, and the certificate says what is true. The strangers are their own judges: each notes what it is sent.
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { until } from "../agents/deadline.ts"
import { type Bystander, startNumbers, whyNotNumbers, type Numbers, type Way } from "../agents/numbers.ts"
import { makeBed, treeOf, type Bed, type Line } from "./supervised.ts"

const program = join(import.meta.dirname, "../../apps/supervisor/src/main.ts")
const soon = 10_000
/** A rung on which there is time to give a number away. */
const longMillis = 30_000
/** Says the number of what it starts, waits for its end, and stays. */
const around = (command: string) => `${command} & echo $!; wait; exec sleep 900`
const ownGroup = `perl -e 'setpgrp(0, 0); sleep 900'`
const ownSession = "setsid sleep 900"
const deaf = `setsid perl -e '$SIG{TERM} = "IGNORE"; sleep 900 for 1 .. 9'`

const cases: readonly { readonly was: string; readonly command: string; readonly to: Bystander }[] = [
  { was: "the pid of a member", command: "sleep 900", to: "process" },
  { was: "the pid of a member, a leader now", command: "sleep 900", to: "session" },
  { was: "the pid of a group's leader", command: ownGroup, to: "group" },
  { was: "the pid of a session's leader", command: ownSession, to: "process" },
  { was: "the number of a session, which its new leader made anew", command: ownSession, to: "session" },
  { was: "the number of a session in which others sit beside its leader", command: ownSession, to: "sitter" },
  { was: "the number of a session in which others sit without a leader", command: ownSession, to: "orphan" },
]
const rungs = ["eof", "kill"] as const

describe.each<Way>(["round", "near", "set"])("a number that was a tree's and is a stranger's, where numbers come back: %s", (way) => {
  const missing = whyNotNumbers(way)
  let bed: Bed
  let numbers: Numbers
  let line: Line

  beforeEach(async ({ skip }) => {
    if (missing !== null) return skip(missing)
    bed = makeBed()
    numbers = startNumbers(way, [process.execPath, program, "serve", "--home", bed.home], bed.env)
    line = await bed.dial()
    expect(line.hello.tier).toBe("linux-token")
  })
  afterEach(async () => {
    if (missing !== null) return
    await numbers.close()
    await bed.end()
  })

  /** The first number that the tree says. */
  const said = async (name: string): Promise<number> => {
    await line.ask("attach", { treeId: treeOf(name), after: null })
    const { seen } = await until(() => line.linesOf(name)[0], { what: `a number from ${name}`, withinMillis: soon })
    return Number(seen)
  }
  const isSeen = async (pid: number): Promise<void> => {
    const look = async () => {
      const { trees } = await line.ask("trees", { memory: false })
      return trees.some(({ processes }) => processes.some((each) => each.pid === pid)) || undefined
    }
    await until(look, { what: `the supervisor to see ${pid}`, withinMillis: soon })
  }

  it.each(rungs.flatMap((from) => cases.map((each) => ({ from, ...each }))))(
    "is left alone by a stop from the rung $from: $was",
    async ({ from, command, to }) => {
      await line.launch("a", around(command))
      const number = await said("a")
      await numbers.approach(number)
      await isSeen(number)
      // Nobody looks between the two: it was the tree's at the last look.
      await numbers.pause()
      await numbers.end(number)
      await numbers.give(number, to)
      await numbers.resume()
      const certificate = await line.stop("a", { from })
      await bed.oracle.pipeEmpty(0)
      expect(await numbers.harmed()).toBe("nobody")
      expect(certificate).toMatchObject({ outcome: "gone", left: 0, survivors: [] })
      expect(certificate.killed.map(({ pid }) => pid)).not.toContain(number)
    },
  )

  it("is left alone also when it was the root's, on whose leaving the rest goes down", async () => {
    const budgets = { eofMillis: 300, termMillis: longMillis, killMillis: 5000 }
    const { pid } = await line.launch("a", `${deaf} & echo $!; read -r line`, { budgets })
    const deafPid = await said("a")
    await numbers.approach(pid)
    await isSeen(deafPid)
    await numbers.end(pid)
    await numbers.give(pid, "sitter")
    const certificate = await line.stop("a", { from: "kill" })
    await bed.oracle.pipeEmpty(0)
    expect(await numbers.harmed()).toBe("nobody")
    expect(certificate).toMatchObject({ outcome: "gone", left: 0, survivors: [] })
  })
})
