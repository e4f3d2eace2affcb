// The seal: a pid namespace around a tree. Its first process is a shell that waits for the agent; when that shell ends, the kernel ends
// everybody in the namespace before anybody hears of it. Unprivileged, by util-linux; no program of our own.
//
//   supervisor → unshare (the root we see; deaf to TERM) → sh (pid 1 inside) → agent
//
// The supervisor's death is the death of unshare (setpriv --pdeathsig), that of unshare is the shell's (--kill-child): the whole tree goes
// within milliseconds, without a look. Neither is relied on: tokens, watcher and sweep stand behind it.
import { readlinkSync } from "node:fs"
import { oomScoreRaise } from "./oom.ts"
import { parseLimits } from "./proc.ts"
import { findProgram, tryOut } from "./programs.ts"

/**
 * The agent is a child of the shell, not pid 1 itself: pid 1 does not hear TERM unless it says what to do with it, and must collect the
 * dead of others. The agent's code is given on; a signal becomes 128 and its number, as shells have it. What the shell itself would say of
 * that ("Terminated") is nobody's business.
 */
export const sealScript = `exec 3>&2 2>/dev/null; echo ${oomScoreRaise} >/proc/self/oom_score_adj; (exec "$0" "$@" 2>&3 3>&-); exit $?`
/** Mounts of outside are seen inside when they come later. */
const manners = ["--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "slave", "--"]
/** Root needs no user namespace for it, and keeps its rights over files of others without one. */
const asWhom: readonly (readonly string[])[] = [[], ["--user", "--map-current-user"]]
const testCode = 7

/** Whether these are the words of a seal's first process. */
export const isSealsShell = ([, option, script]: readonly string[]): boolean => option === "-c" && script === sealScript

/** What a seal holds, told by the words of `unshare` or of its shell; everybody else's words as they are. */
export const pastSeal = (words: readonly string[]): readonly string[] => words.slice(words.indexOf(sealScript) + 1)

/** What goes before the agent's command line. In a terminal the agent stays in our session, or it would lose the terminal. */
export type Seal = (hasTerminal: boolean) => readonly string[]

/** A text: why there is none here. `token` is set by `marked`, and must be borne inside. */
export function findSeal(marked: readonly string[], token: string): Seal | string {
  const programs = ["setpriv", "unshare", "setsid", "sh"].map((name) => ({ name, path: findProgram(name) }))
  const missing = programs.filter(({ path }) => path === null).map(({ name }) => name)
  const [setpriv = "", unshare = "", setsid = "", sh = ""] = programs.map(({ path }) => path ?? "")
  if (missing.length > 0) return `${missing.join(" and ")} cannot be found: install util-linux`
  let complaint = ""
  for (const user of asWhom) {
    const outer = [setpriv, "--pdeathsig", "KILL", unshare, ...user, ...manners]
    const seal: Seal = (hasTerminal) => [...outer, ...(hasTerminal ? [] : [setsid]), sh, "-c", sealScript]
    const problem = whyNot([...marked, ...seal(false)], token)
    if (problem === null) return seal
    complaint = problem
  }
  return complaint
}

function whyNot(sealed: readonly string[], token: string): string | null {
  const { code, output, complaint } = tryOut([
    ...sealed,
    "/bin/sh",
    "-c",
    `readlink /proc/self/ns/pid; cat /proc/self/limits; exit ${testCode}`,
  ])
  if (code !== testCode) return complaint || `a sealed command ended with ${code ?? "a signal"} instead of its own code`
  const [space] = output.split("\n")
  if (space === readlinkSync("/proc/self/ns/pid")) return "a sealed command was in our own pid namespace"
  return Object.values(parseLimits(output)).includes(token) ? null : "a sealed command did not bear its token"
}
