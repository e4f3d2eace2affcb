// corral snapshot: ps with what a later look can be compared with, also kept as a file.
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Processes } from "@corral/contracts/tree"
import type { Command } from "commander"
import { usage } from "./failure.ts"
import { bytes, clip, span } from "./format.ts"
import { home } from "./home.ts"
import { paint, table, width, type Cell } from "./print.ts"
import { withServer } from "./reach.ts"
import { give, verb, type Options } from "./verb.ts"

interface SnapshotOptions extends Options {
  readonly label?: string
}

/** Room for pid, ppid, elapsed and memory before the command. */
const columnsBefore = 44

export function snapshot(parent: Command): void {
  verb(parent, {
    words: "snapshot",
    about: "print every process with pid, ppid, age, memory and command, and keep that under CORRAL_HOME/snapshots",
    examples: ["corral snapshot --label before", "corral snapshot --json"],
  })
    .option("--label <label>", "part of the file's name", "snapshot")
    .action((options: SnapshotOptions) => {
      const label = options.label ?? "snapshot"
      if (!/^[A-Za-z0-9._-]{1,60}$/.test(label)) throw usage("A label is letters, digits, dots, dashes and underscores, at most 60.")
      return withServer(async (connection) => {
        const found = await connection.call("processes", { threadId: null })
        const path = keep(found, label)
        give(options, { path, label, ...found }, () => [...lines(found), paint("dim", path)])
      })
    })
}

function keep(found: Processes, label: string): string {
  const folder = join(home(), "snapshots")
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${new Date(found.checkedAt).toISOString().replaceAll(":", "-")}-${label}.json`)
  writeFileSync(path, `${JSON.stringify({ label, ...found }, null, 2)}\n`, { mode: 0o600 })
  return path
}

function lines(found: Processes): string[] {
  const now = Date.now()
  const trees = found.trees.flatMap(({ processes }) => processes)
  const strays = found.strays.map((stray) => ({ ...stray, ppid: 0 }))
  const head: Cell[] = ["pid", "ppid", "elapsed", "memory"].map((text) => ({ text, right: true, style: "dim" }))
  const rows = [...trees, ...strays].map(({ pid, ppid, startedAt, memoryBytes, command }): Cell[] => [
    { text: String(pid), right: true },
    { text: ppid === 0 ? "stray" : String(ppid), right: true, style: ppid === 0 ? "red" : "dim" },
    { text: span(now - startedAt), right: true },
    { text: bytes(memoryBytes), right: true },
    { text: clip(command, width() - columnsBefore) },
  ])
  return table([[...head, { text: "command", style: "dim" }], ...rows])
}
