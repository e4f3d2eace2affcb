// The command line: every command, and the exit code that scripts can trust.
import { Command } from "commander"
import { answer } from "./answer.ts"
import { certificates } from "./certificates.ts"
import { count } from "./count.ts"
import { doctor } from "./doctor.ts"
import { failureOf } from "./failure.ts"
import { link } from "./link.ts"
import { add } from "./project/add.ts"
import { listProjects } from "./project/list.ts"
import { remove } from "./project/remove.ts"
import { renameProject } from "./project/rename.ts"
import { ps } from "./ps.ts"
import { send } from "./send.ts"
import { run } from "./run.ts"
import { snapshot } from "./snapshot.ts"
import { start } from "./start.ts"
import { status } from "./status.ts"
import { stop } from "./stop.ts"
import { sweep } from "./sweep.ts"
import { admit } from "./thread/admit.ts"
import { archive } from "./thread/archive.ts"
import { create } from "./thread/create.ts"
import { deleteThread } from "./thread/delete.ts"
import { interrupt } from "./thread/interrupt.ts"
import { keep } from "./thread/keep.ts"
import { listThreads } from "./thread/list.ts"
import { renameThread } from "./thread/rename.ts"
import { set } from "./thread/set.ts"
import { show } from "./thread/show.ts"
import { stopThread } from "./thread/stop.ts"
import { unarchive } from "./thread/unarchive.ts"
import { waitOn } from "./thread/wait-on.ts"
import { wake } from "./thread/wake.ts"
import { watch } from "./watch.ts"
import { version } from "./version.ts"

type Declare = (parent: Command) => void

const awake = [stopThread, interrupt, waitOn, admit, keep, set, wake]
const threadVerbs = [create, listThreads, show, archive, unarchive, deleteThread, ...awake, renameThread]
const projectVerbs = [add, listProjects, remove, renameProject]
const thread = group("thread", "conversations: new, list, show, archive, …", threadVerbs)
const project = group("project", "folders: add, list, remove, rename", projectVerbs)
/** In the order of `--help`. */
const verbs = [start, stop, status, project, thread, send, watch, answer, ps, count, snapshot, certificates, sweep, doctor, run, link]

export function program(): Command {
  const corral = new Command("corral")
    .description("Run many coding agents, leave no strays. Alone: start what is missing and open the app.")
    .version(version)
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({ outputError: (message, write) => write(message.replace(/^error: /, "Usage: ")) })
    .addHelpText(
      "after",
      "\nIds may be shortened to what is still unique. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 no server.",
    )
  for (const declare of verbs) declare(corral)
  return corral
}

function group(name: string, about: string, declares: readonly Declare[]): Declare {
  return (parent) => {
    const command = parent.command(name).description(about)
    for (const declare of declares) declare(command)
  }
}

/** Runs what was typed. The launcher calls it where it has found a Node that is new enough. */
export async function main(): Promise<void> {
  // A reader that has seen enough (`corral ps | head`) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1))
  const typed = process.argv.slice(2)
  try {
    await program().parseAsync(typed.length === 0 ? ["start"] : typed, { from: "user" })
  } catch (error) {
    const { line, exitCode } = failureOf(error)
    if (line !== null) console.error(line)
    process.exitCode = exitCode
  }
}

if (import.meta.main) await main()
