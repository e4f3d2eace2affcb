// Memory by session over a stretch of time: what this page has seen itself, and what the server knows from before.
import type { MemoryPast } from "@corral/contracts/memory-past"
import type { Processes } from "@corral/contracts/tree"
import { sessionKey } from "@corral/domain/views/session-key"

const minute = 60_000
const keptMillis = 10 * minute
/** One a second for ten minutes, and the server's for the time that this page did not look. */
const keptSamples = 720
/** While something runs there is a look each minute, whoever watches. Without two of them nothing is known. */
const gapMillis = 2.5 * minute
/** The server's looks are so far apart where somebody watched: this page's own say more. */
const coarseMillis = 5_000
const kib = 1024

export interface Sample {
  readonly at: number
  /** In bytes, by the key of the session; who is not in it did not run. */
  readonly bySession: ReadonlyMap<string, number>
  /** What Corral itself held; null: not looked at. */
  readonly ownBytes: number | null
}

export interface History {
  /** Oldest first. */
  readonly samples: readonly Sample[]
  /** In order of first sight, so that a session keeps its place and colour in the chart. */
  readonly sessions: readonly { readonly key: string; readonly title: string }[]
  /** Between two samples that are further apart nothing is known. */
  readonly gapMillis: number
  /** When a server began: from the sample before it to the one after it nothing is known either. */
  readonly starts: readonly number[]
  /** Before it nothing is known; null: nobody has said. */
  readonly since: number | null
}

export const noHistory: History = { samples: [], sessions: [], gapMillis, starts: [], since: null }

/** Whether nothing is known of some of the time between a sample and a later moment. */
export const hasGap = ({ gapMillis: most, starts }: Pick<History, "gapMillis" | "starts">, from: number, to: number): boolean =>
  to - from > most || starts.some((start) => start > from && start <= to)

/** A look of this page. */
export const addSample = (history: History, seen: Processes): History => {
  const last = history.samples.at(-1)
  if (last !== undefined && seen.checkedAt <= last.at) return history
  const sample = sampleOf(seen)
  const samples = [...history.samples, sample].filter((one) => one.at > seen.checkedAt - keptMillis).slice(-keptSamples)
  const titles = seen.trees.map((tree) => ({ key: sessionKey(tree), title: tree.threads[0]?.title ?? tree.treeId }))
  return { ...history, samples, sessions: present(samples, [...history.sessions, ...titles]) }
}

const sampleOf = ({ checkedAt, trees, own }: Processes): Sample => {
  const bySession = new Map<string, number>()
  for (const tree of trees) bySession.set(sessionKey(tree), (bySession.get(sessionKey(tree)) ?? 0) + tree.memoryBytes)
  return { at: checkedAt, bySession, ownBytes: own === undefined ? null : own.serverBytes + (own.supervisorBytes ?? 0) }
}

/** The last ten minutes as the server knows them, for the time in which this page did not look. */
export const addPast = (history: History, past: MemoryPast): History => {
  const own = history.samples
  const missing = samplesOf(past).filter(({ at }) => !own.some((one) => Math.abs(one.at - at) < coarseMillis))
  const samples = [...own, ...missing].toSorted((one, other) => one.at - other.at).slice(-keptSamples)
  return { ...toldOf(past), samples, sessions: present(samples, [...history.sessions, ...sessionsOf(past)]) }
}

/** A longer stretch: the server's looks, and this page's last one. Who runs now comes first, and so keeps its colour. */
export const pastHistory = (past: MemoryPast, now: History): History => {
  const known = samplesOf(past)
  const last = now.samples.at(-1)
  const samples = last === undefined || last.at <= (known.at(-1)?.at ?? 0) ? known : [...known, last]
  return { ...toldOf(past), samples, sessions: present(samples, [...now.sessions, ...sessionsOf(past)]) }
}

const toldOf = ({ gapMillis: most, starts, since }: MemoryPast): Pick<History, "gapMillis" | "starts" | "since"> => ({
  gapMillis: most,
  starts,
  since,
})

const others = { key: "others", title: "all other sessions" }

const sessionsOf = (past: MemoryPast): History["sessions"] => [...past.sessions.map(({ key, title }) => ({ key, title })), others]

const samplesOf = (past: MemoryPast): readonly Sample[] =>
  past.at.map((at, n) => {
    const held = [...past.sessions.map(({ key, kib: all }) => [key, all[n] ?? 0] as const), [others.key, past.others[n] ?? 0] as const]
    const [server, supervisor] = [past.server[n] ?? null, past.supervisor[n] ?? null]
    return {
      at,
      bySession: new Map(held.filter(([, amount]) => amount > 0).map(([key, amount]) => [key, amount * kib])),
      ownBytes: server === null ? null : (server + (supervisor ?? 0)) * kib,
    }
  })

const present = (samples: readonly Sample[], sessions: History["sessions"]): History["sessions"] => {
  const keys = new Set(samples.flatMap(({ bySession }) => [...bySession.keys()]))
  const titles = new Map(sessions.map(({ key, title }) => [key, title]))
  return [...titles].flatMap(([key, title]) => (keys.has(key) ? [{ key, title }] : []))
}

export const sumOf = ({ bySession }: Sample): number => [...bySession.values()].reduce((sum, bytes) => sum + bytes, 0)
