// The numbers that the system gives to processes, in turn.

/** How far the system had come with giving them out. `last`: the one that was given out last; null: it does not tell. */
export interface Moment {
  readonly last: number | null
  readonly forks: number
}

/** Whether a number was given out after `since` and up to `last`. They go up, and at the end begin anew; null: cannot be told. */
export function givenOut(since: number | null, last: number | null): (pid: number) => boolean {
  if (since === null || last === null) return () => true
  if (since <= last) return (pid) => pid > since && pid <= last
  return (pid) => pid > since || pid <= last
}

/** Given out after `since` and up to `last`, where they have not begun anew in between. */
export function numbersBetween(since: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - since) }, (_, n) => since + 1 + n)
}
