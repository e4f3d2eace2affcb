// A pretended machine for the survey: processes as they would be listed, and the Corrals that are known.
import type { Containment, Listed } from "../platform/containment.ts"
import { noLeaves } from "../platform/leaves.ts"
import { rowOf } from "../pretended.test-support.ts"
import type { Install, Ledgered } from "./installs.ts"
import type { Machine } from "./machine.ts"

export const kilobyte = 1024

/** `line`: its command line. It is ours, a child of init, and leads a session that nobody else is in. */
export const listedOf = (pid: number, line: string, over: Partial<Listed> = {}): Listed => {
  const words = line.split(" ")
  const name = words[0]?.split("/").at(-1) ?? ""
  const seen = { words, name, executable: null, user: process.getuid?.() ?? null, hasTerminal: false, service: null }
  return { ...rowOf(pid), ...seen, ...over }
}

export const installOfHome = (home: string, over: Partial<Install> = {}): Install => ({
  home,
  install: null,
  serverPid: null,
  trees: [],
  ...over,
})

export const treeIn = (home: string, over: Partial<Ledgered> = {}): Ledgered => ({
  home,
  treeId: "tre_a",
  serial: "1111",
  tier: "linux-token",
  provider: "practice",
  session: "thr_a.1",
  root: null,
  members: [],
  isOver: false,
  ...over,
})

/** Init and ourselves are there too. Each process weighs a kilobyte of its own, and one that all of its program share. */
export const machineOf = (processes: readonly Listed[], installs: readonly Install[] = []): Machine => {
  const rows = [listedOf(1, "/sbin/init", { ppid: 0, start: 0 }), ...processes]
  const all = rows.some(({ pid }) => pid === process.pid) ? rows : [...rows, listedOf(process.pid, "supervisor")]
  const byPid = new Map(all.map((row) => [row.pid, row]))
  const refuse = (): never => {
    throw new Error("a survey does not ask this")
  }
  const asks = {
    leaves: noLeaves,
    dropLeaf: refuse,
    wrap: refuse,
    identify: refuse,
    lookFully: refuse,
    lookAround: refuse,
    hasNews: refuse,
    signal: refuse,
    killGroup: refuse,
    protect: refuse,
    offerToOom: refuse,
    portsOf: refuse,
  }
  const scales: Containment = {
    ...asks,
    tier: "linux-plain",
    tierReason: null,
    boot: "boot-1",
    pauseMillis: 1,
    unseen: () => null,
    tokenCeiling: null,
    list: () => all,
    sessionTag: refuse,
    commandOf: ({ name }) => name,
    weigh: (pid) => ({
      privateBytes: kilobyte,
      sharedBytes: kilobyte,
      executable: byPid.get(pid)?.name ?? "",
      cpuMillis: 0,
      waitedCpuMillis: 0,
    }),
  }
  return { scales, checkedAt: 1, rows: all, byPid, installs }
}
