// What else can happen to a session: any of the three killed, frozen or not, in any order; a ledger that is lost or damaged; a full disk.
// `npm run chaos` draws these too.
import { appendFileSync, rmSync, statSync, truncateSync } from "node:fs"
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { isAlive, type MachineProcess } from "../agents/machine.ts"
import { practice } from "../stories/kinds.ts"
import { certificateOf, order } from "../stories/talk.ts"
import { draw } from "./chance.ts"
import { insideWays } from "./inside.ts"
import { crash, kill, killAll, processOf, type Situation, type Way } from "./way.ts"

const mostPauseMillis = 300

const archive = ({ client, threadId }: Pick<Situation, "client" | "threadId">) => order(client, { _tag: "thread.archive", threadId })

/** One to three of them, in any order, the first one perhaps frozen for a while before. Whichever server there is then archives. */
const killSome = async (all: Situation): Promise<void> => {
  const { chance, corral, threadId } = all
  const server = processOf(corral.pid)
  const names = new Map([
    [server, "server"],
    [all.supervisor, "supervisor"],
    [all.watcher, "watcher"],
  ])
  const victims = draw([...names.keys()], 1 + chance(names.size), chance)
  const [first] = chance(2) === 0 ? victims : []
  all.note(`${first === undefined ? "" : "frozen "}${victims.map((one) => names.get(one)).join(", ")}`)
  if (first !== undefined) process.kill(first.pid, "SIGSTOP")
  for (const victim of victims) {
    await pause(chance(mostPauseMillis))
    kill(victim)
  }
  if (!victims.includes(server)) return archive(all)
  await corral.exited
  const { client } = await all.next()
  await archive({ client, threadId })
}

const ledgerOf = ({ scene }: Situation): string => join(scene.home, "supervisor", "ledger.jsonl")

/** A write may then make no file longer: what a full disk does to a ledger. The limit in force can be raised again. */
const limitFiles = (to: string, ...processes: readonly MachineProcess[]): boolean =>
  processes.filter(isAlive).every(({ pid }) => spawnSync("prlimit", ["--pid", String(pid), `--fsize=${to}:`]).status === 0)

const fill = (...processes: readonly MachineProcess[]): void => {
  if (!limitFiles("0", ...processes)) throw new Error("the disk could not be filled")
}

const noLimit = limitFiles("unlimited", processOf(process.pid)) ? {} : { missing: "prlimit is missing or may not be used" }

export const troubles: readonly Way[] = [
  { name: "any of the three killed, then archive", strike: killSome },
  {
    name: "server and watcher killed, hold over",
    env: { CORRAL_HOLD_MILLIS: "700" },
    strike: async (all) => (kill(all.watcher), await crash(all)),
  },
  { name: "the agent killed", strike: async ({ scene }) => kill(...scene.running().filter(practice.isRoot)) },
  { name: "ledger deleted, then archive", strike: (all) => (rmSync(ledgerOf(all)), archive(all)) },
  {
    name: "ledger deleted, then supervisor killed",
    needsTokens: true,
    strike: async (all) => (rmSync(ledgerOf(all)), kill(all.supervisor)),
  },
  { name: "ledger deleted, all three killed", needsTokens: true, strike: (all) => (rmSync(ledgerOf(all)), killAll(all)) },
  {
    name: "ledger cut short, then supervisor killed",
    needsTokens: true,
    strike: async (all) => {
      truncateSync(ledgerOf(all), all.chance(statSync(ledgerOf(all)).size))
      kill(all.supervisor)
    },
  },
  {
    name: "ledger with a torn end, all three killed",
    strike: (all) => (appendFileSync(ledgerOf(all), '{"ev":"certified","seq":99,"certif'), killAll(all)),
  },
  {
    name: "disk full for the ledger, then archive",
    ...noLimit,
    strike: (all) => (fill(all.supervisor), archive(all)),
    // No proof was on the disk, so none was told. With room again there is one.
    after: async (all) => {
      const before = await all.client.call("certificates", { threadId: all.threadId, since: 0, before: null, reason: null, limit: 1 })
      if (before.length > 0) throw new Error(`a certificate that could not be written: ${JSON.stringify(before)}`)
      limitFiles("unlimited", all.supervisor)
      const { outcome } = await certificateOf(all.client, all.threadId, 0)
      if (outcome !== "gone") throw new Error(`with room again the certificate says ${outcome}`)
    },
  },
  {
    name: "disk full for the ledger, supervisor killed",
    ...noLimit,
    strike: async (all) => (fill(all.supervisor, all.watcher), kill(all.supervisor)),
  },
  ...insideWays,
]
