// What is kept of a process that was read, and who is tied to a tree by it: these are read again by every look.
import type { Mark, Row } from "./containment.ts"
import type { Limits } from "./proc.ts"

/** What a process was when it was read: enough to tell whether it must be read again. */
export type Read = Pick<Row, "ppid" | "sid" | "token" | "innerToken" | "innermostToken">
export const nobody: Read = { ppid: 0, sid: 0, token: null, innerToken: null, innermostToken: null }

/** Anew for each listing: a pass adds to the marks what it proves. */
export function tiesTo(marks: readonly Mark[], seenOf: (pid: number) => Read | undefined): (pid: number, read: Read) => boolean {
  const known = new Set(marks.flatMap((mark) => [...mark.known.keys()]))
  const sids = new Set(marks.flatMap((mark) => [...mark.sids]))
  const bearsToken = ({ token, innerToken, innermostToken }: Read): boolean =>
    token !== null || innerToken !== null || innermostToken !== null
  const isMember = (pid: number): boolean => known.has(pid) || bearsToken(seenOf(pid) ?? nobody)
  return (pid, read) => isMember(pid) || isMember(read.ppid) || sids.has(read.sid)
}

/**
 * A process keeps a token of these for life. Its session and its parent it may have changed since; and who bears that of another Corral
 * alone may be about to take one of ours beside it.
 */
export function limitsOf(seen: Read | undefined, tokens: ReadonlySet<string>): Limits | undefined {
  if (seen === undefined) return undefined
  const { token: locks, innerToken: resident, innermostToken: realtime } = seen
  return [locks, resident, realtime].some((each) => each !== null && tokens.has(each)) ? { locks, resident, realtime } : undefined
}
