// Arms the watcher: one `sh` blocked on a pipe that only the supervisor holds. When the supervisor dies, however it dies, the
// pipe ends and the shell becomes the sweep; where trees have a cgroup of their own it ends those first. It costs a tenth of a megabyte; a sleeping Node would cost ten.
import { spawn, type ChildProcess } from "node:child_process"
import { strikeScript } from "./platform/strike.ts"

/** A line dismisses it; the end of the pipe makes it the sweep. */
const script = (act: string): string => `read -r _ && exit 0; ${act}\nexec "$@"`
/** A watcher that dies again and again is armed again ever more slowly. */
const firstRetryMillis = 50
const maxRetryMillis = 5000
/** For how long a launch waits for a watcher. */
const armWaitMillis = 2000

export interface WatcherOptions {
  /** What it becomes: a program with its arguments. */
  readonly sweep: readonly string[]
  /** What it does before: ends the leaves whose paths begin so, and writes down whom. */
  readonly strike: { readonly leaves: string | null; readonly record: string }
  readonly env: Readonly<Record<string, string>>
  /** Called with its pid before anything else happens: it must never be signalled by us. */
  readonly onPid: (pid: number) => void
  readonly onChange: (armed: boolean) => void
}

export class Watcher {
  readonly #options: WatcherOptions
  #child: ChildProcess | null = null
  #isArmed = false
  #isDismissed = false
  #retryMillis = firstRetryMillis
  #waiting: (() => void)[] = []

  constructor(options: WatcherOptions) {
    this.#options = options
    this.#arm()
  }

  get isArmed(): boolean {
    return this.#isArmed
  }

  /** Waits a little for one that is being armed. False: there is none. */
  async armed(): Promise<boolean> {
    if (!this.#isArmed && !this.#isDismissed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, armWaitMillis)
        this.#waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
    return this.#isArmed
  }

  /** The supervisor leaves in order, with nothing behind it. Resolves when the watcher has left too. */
  dismiss(): Promise<void> {
    const child = this.#child
    this.#isDismissed = true
    this.#isArmed = false
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
    return new Promise((resolve) => {
      child.once("exit", () => resolve())
      child.stdin?.end("\n")
    })
  }

  /** A session of its own, an environment without anything in it, and no folder that somebody might want to remove. */
  #arm(): void {
    const { sweep, strike } = this.#options
    const words = strike.leaves === null ? [script(""), "sh"] : [script(strikeScript), "sh", strike.leaves, strike.record]
    const child = spawn("/bin/sh", ["-c", ...words, ...sweep], {
      cwd: "/",
      env: { ...this.#options.env },
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    })
    this.#child = child
    child.stdin.on("error", () => {})
    child.once("error", () => this.#lost())
    child.once("spawn", () => {
      if (child.pid !== undefined) this.#options.onPid(child.pid)
      child.once("exit", () => this.#lost())
      this.#isArmed = true
      this.#options.onChange(true)
      for (const resolve of this.#waiting.splice(0)) resolve()
      setTimeout(() => {
        if (this.#child === child && this.#isArmed) this.#retryMillis = firstRetryMillis
      }, maxRetryMillis).unref()
    })
  }

  #lost(): void {
    if (this.#isDismissed) return
    if (this.#isArmed) this.#options.onChange(false)
    this.#isArmed = false
    setTimeout(() => !this.#isDismissed && this.#arm(), this.#retryMillis)
    this.#retryMillis = Math.min(this.#retryMillis * 2, maxRetryMillis)
  }
}
