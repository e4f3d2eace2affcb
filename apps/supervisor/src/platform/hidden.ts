// Whether this system shows us all of our own processes: /proc can be mounted so that it hides (hidepid), and then whoever hides itself, as
// ssh-agent does, is seen by nobody without the right to look into it.
import { readFileSync } from "node:fs"

/** The bit of CAP_SYS_PTRACE. */
const mayLook = 1n << 19n
/** Who may see all where the mount names no group. */
const groupOfRoot = "0"
const hidesNobody: readonly string[] = ["0", "off"]
/** Under these the group that may see all may not. */
const asksNoGroup: readonly string[] = ["4", "ptraceable"]

export interface Seer {
  /** /proc/self/mountinfo. */
  readonly mounts: string
  /** /proc/self/status. */
  readonly status: string
}

/** Null: nobody is hidden from us. */
export function whoIsHidden({ mounts, status }: Seer): string | null {
  // The last one mounted there is the one that is seen.
  const proc = mounts.split("\n").findLast((line) => line.split(" ")[4] === "/proc") ?? ""
  const mode = find(/\bhidepid=(\w+)/, proc)
  if (mode === "" || hidesNobody.includes(mode)) return null
  const capabilities = BigInt(`0x${find(/^CapEff:\s+([0-9a-f]+)/m, status) || "0"}`)
  if ((capabilities & mayLook) !== 0n || (!asksNoGroup.includes(mode) && isInGroup(find(/\bgid=(\d+)/, proc) || groupOfRoot, status)))
    return null
  return `/proc is mounted with hidepid=${mode}, so a process that hides itself, as ssh-agent does, is not seen and can be left behind`
}

/** By its groups, or by the one that it makes files with. */
function isInGroup(group: string, status: string): boolean {
  const groups = find(/^Groups:(.*)/m, status)
    .trim()
    .split(/\s+/)
  return [...groups, find(/^Gid:.*\s(\d+)/m, status)].includes(group)
}

/** Empty: it does not say. */
function find(what: RegExp, text: string): string {
  return what.exec(text)?.[1] ?? ""
}

/** Asked when something was looked at: what is mounted may have changed since the start. */
export function unseenNow(): string | null {
  try {
    return whoIsHidden(readSeer())
  } catch {
    return "it could not be told whether /proc hides processes from us"
  }
}

export function readSeer(): Seer {
  return { mounts: readFileSync("/proc/self/mountinfo", "utf8"), status: readFileSync("/proc/self/status", "latin1") }
}
