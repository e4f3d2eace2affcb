// A pid namespace in which a number that has become free is soon a stranger's: what takes a day on a machine takes a second there.
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { release } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"

/** Enough for a supervisor with its threads, and few enough to go round in a second. */
const mostNumbers = 1000
const program = join(import.meta.dirname, "numbers.pl")
/** A namespace with numbers of its own, as any user may make one. */
const divide = ["--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"]

/**
 * How a bystander stands to the number that it is given: it is its pid; its group's too; its session's too; a child of it sits in that
 * session; only the child is left there.
 */
export type Bystander = "process" | "group" | "session" | "sitter" | "orphan"

/**
 * How numbers come back. `round`: there are few, and all are given out in one go until the one is free. `near`: so they are, but for the last
 * of them before, so that only a few are given out after the last look. `set`: as near, by setting the next one where there are many.
 */
export type Way = "round" | "near" | "set"

export interface Numbers {
  /** All but the last before this number are given out first, unless they are to go round in one go. */
  readonly approach: (pid: number) => Promise<void>
  /** Fails unless a bystander gets the number. */
  readonly give: (pid: number, to: Bystander) => Promise<void>
  /** Ends this process, and waits until its number is free. */
  readonly end: (pid: number) => Promise<void>
  /** The command that was started stands still: it looks at nobody. */
  readonly pause: () => Promise<void>
  readonly resume: () => Promise<void>
  /** Bystanders that were signalled or have ended; `nobody`. */
  readonly harmed: () => Promise<string>
  /** Everybody in there ends. */
  readonly close: () => Promise<void>
}

/** Why numbers cannot come back in this way here; null: they can. */
export const whyNotNumbers = (way: Way): string | null => {
  if (process.platform !== "linux") return "pid namespaces are Linux's"
  const [major = 0, minor = 0] = release().split(".").map(Number)
  // Before, the limit was the whole machine's, and was not to be touched by a test.
  if (way !== "set" && (major < 6 || (major === 6 && minor < 14))) return "before Linux 6.14 a namespace has no limit of numbers of its own"
  const probe = "echo 500 >/proc/sys/kernel/ns_last_pid && perl -e 1"
  const { status, stderr } = spawnSync("unshare", [...divide, "sh", "-c", probe], { encoding: "utf8" })
  return status === 0 ? null : `this machine gives no pid namespace whose numbers can be set: ${stderr?.trim() ?? "no unshare"}`
}

/** Starts the command in there. */
export const startNumbers = (way: Way, command: readonly string[], env: Readonly<Record<string, string>>): Numbers => {
  const most = way === "set" ? 0 : mostNumbers
  const init: ChildProcess = spawn("unshare", [...divide, "perl", program, String(most), ...command], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  })
  const exited = once(init, "exit")
  const answers: ((answer: string) => void)[] = []
  if (init.stdout !== null) createInterface({ input: init.stdout }).on("line", (line) => answers.shift()?.(line))
  const say = (line: string): Promise<string> => {
    init.stdin?.write(`${line}\n`)
    const gone = exited.then(() => Promise.reject(new Error(`the namespace ended before "${line}"`)))
    return Promise.race([new Promise<string>((resolve) => answers.push(resolve)), gone])
  }
  const expecting = async (line: string, expected: string): Promise<void> => {
    const answer = await say(line)
    if (answer !== expected) throw new Error(`"${line}" was answered with "${answer}"`)
  }
  return {
    approach: async (pid) => (way === "round" ? undefined : expecting(`near ${pid}`, "near")),
    give: (pid, to) => expecting(`give ${pid} ${to}`, "given"),
    end: (pid) => expecting(`end ${pid}`, "left"),
    pause: () => expecting("pause", "paused"),
    resume: () => expecting("resume", "resumed"),
    harmed: () => say("harmed"),
    close: async () => {
      init.stdin?.end()
      await exited
    },
  }
}
