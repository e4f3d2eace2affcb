// The past of memory by session in three rings, and what is told of each. What is told of the hour and the day is also what a next server is
// given: it goes on from there, with a gap.
import type { MemoryPast, MemoryRange } from "@corral/contracts/memory-past"
import { LookRing } from "./look-ring.ts"
import type { MemoryLook } from "./memory-look.ts"
import type { KeptMemory } from "./memory-record.ts"

const second = 1_000
const minute = 60 * second
/** At most 120, 60 and 144 looks. The first is fine only where somebody watched; else it has the looks that are made each minute. */
const ranges = {
  "10m": { slotMillis: 5 * second, slots: 120 },
  "1h": { slotMillis: minute, slots: 60 },
  "24h": { slotMillis: 10 * minute, slots: 144 },
} as const satisfies Record<MemoryRange, { readonly slotMillis: number; readonly slots: number }>
/** While something runs a look is made each minute, so each slot of a minute or more has one; those of two slots can be two slots apart. */
const gapSlots = 2.5
/** What a chart can show, and a frame bear: at most 144 numbers each, so 50 kB. */
const sessionsTold = 50
/** Starts of servers that are told; of two without a look between them only the later one counts. One for each slot of a day is enough. */
const mostStarts = 144
const kib = 1024

export class MemoryRings {
  readonly #since: number
  readonly #starts: readonly number[]
  readonly #rings = Object.fromEntries(
    Object.entries(ranges).map(([range, { slotMillis, slots }]) => [range, new LookRing(slotMillis, slots)]),
  )

  /** `kept`: what a former server left. By a clock that was set back meanwhile, some of it is of a time to come; that is forgotten. */
  constructor(now: number, kept: KeptMemory | null = null) {
    this.#since = Math.min(now, kept?.day.since ?? now)
    this.#starts = [...(kept === null ? [] : seenSince(kept.day)), now].slice(-mostStarts)
    if (kept === null) return
    const [hour, day] = [looksOf(kept.hour), looksOf(kept.day)]
    this.#rings["10m"]?.restore(hour)
    this.#rings["1h"]?.restore(hour)
    this.#rings["24h"]?.restore(day)
  }

  kept(now: number): KeptMemory {
    return { hour: this.past("1h", now), day: this.past("24h", now) }
  }

  take(look: MemoryLook): void {
    for (const ring of Object.values(this.#rings)) ring.take(look)
  }

  past(range: MemoryRange, now: number): MemoryPast {
    const { slotMillis, slots } = ranges[range]
    const looks = this.#rings[range]?.known(now) ?? []
    return {
      since: Math.max(this.#since, now - slotMillis * slots),
      gapMillis: gapSlots * Math.max(slotMillis, minute),
      starts: this.#starts.filter((at) => at > now - slotMillis * slots && at <= now),
      at: looks.map(({ at }) => at),
      ...sessionsOf(looks),
      server: looks.map(({ own }) => (own === null ? null : inKib(own.serverBytes))),
      supervisor: looks.map(({ own }) => (own === null || own.supervisorBytes === null ? null : inKib(own.supervisorBytes))),
    }
  }
}

/** In the order in which they were first seen, so that a chart keeps its colours while it goes on. */
const sessionsOf = (looks: readonly MemoryLook[]): Pick<MemoryPast, "sessions" | "others"> => {
  const known = new Map<string, { title: string; most: number }>()
  for (const { sessions } of looks) {
    for (const [key, { title, bytes }] of sessions) known.set(key, { title, most: Math.max(bytes, known.get(key)?.most ?? 0) })
  }
  const largest = [...known].toSorted(([, one], [, other]) => other.most - one.most).slice(0, sessionsTold)
  const told = new Set(largest.map(([key]) => key))
  const toldOf = ({ sessions }: MemoryLook) => [...sessions].reduce((sum, [key, { bytes }]) => sum + (told.has(key) ? bytes : 0), 0)
  return {
    sessions: [...known].flatMap(([key, { title }]) =>
      told.has(key) ? [{ key, title, kib: looks.map(({ sessions }) => inKib(sessions.get(key)?.bytes ?? 0)) }] : [],
    ),
    others: looks.map((look) => inKib(look.totalBytes - toldOf(look))),
  }
}

/** After the last start there may have been no look. */
const seenSince = ({ at, starts }: MemoryPast): readonly number[] => starts.filter((start) => start <= (at.at(-1) ?? 0))

const looksOf = ({ at, sessions, others, server, supervisor }: MemoryPast): readonly MemoryLook[] =>
  at.map((moment, n) => {
    const held = sessions.map(({ key, title, kib: all }) => [key, { title, bytes: (all[n] ?? 0) * kib }] as const)
    const ran = held.filter(([, { bytes }]) => bytes > 0)
    const [serverKib, supervisorKib] = [server[n] ?? null, supervisor[n] ?? null]
    return {
      at: moment,
      sessions: new Map(ran),
      totalBytes: ran.reduce((sum, [, { bytes }]) => sum + bytes, (others[n] ?? 0) * kib),
      own:
        serverKib === null ? null : { serverBytes: serverKib * kib, supervisorBytes: supervisorKib === null ? null : supervisorKib * kib },
    }
  })

const inKib = (bytes: number): number => Math.round(bytes / kib)
