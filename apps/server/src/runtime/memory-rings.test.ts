import { describe, expect, it } from "vitest"
import type { MemoryLook } from "./memory-look.ts"
import { MemoryRings } from "./memory-rings.ts"

const minute = 60_000
const hour = 60 * minute
const kib = 1024

const look = (at: number, held: Readonly<Record<string, number>>): MemoryLook => ({
  at,
  sessions: new Map(Object.entries(held).map(([key, amount]) => [key, { title: `Title of ${key}`, bytes: amount * kib }])),
  totalBytes: Object.values(held).reduce((sum, amount) => sum + amount * kib, 0),
  own: { serverBytes: 7 * kib, supervisorBytes: 3 * kib },
})

const taken = (...looks: readonly MemoryLook[]) => {
  const rings = new MemoryRings(0)
  for (const one of looks) rings.take(one)
  return rings
}

describe("the past of memory", () => {
  it("has for each session what it held in each look, and 0 where nothing of it ran", () => {
    const past = taken(look(0, { a: 5 }), look(minute, { a: 6, b: 2 }), look(2 * minute, { b: 3 })).past("1h", 2 * minute)
    expect(past.at).toEqual([0, minute, 2 * minute])
    expect(past.sessions).toEqual([
      { key: "a", title: "Title of a", kib: [5, 6, 0] },
      { key: "b", title: "Title of b", kib: [0, 2, 3] },
    ])
    expect([past.server, past.supervisor, past.others]).toEqual([
      [7, 7, 7],
      [3, 3, 3],
      [0, 0, 0],
    ])
  })

  it("keeps of each slot the look that saw most, whole: its figures are of one moment", () => {
    const rings = taken(look(minute, { a: 1, b: 1 }), look(minute + 10_000, { a: 9 }), look(minute + 20_000, { b: 8 }))
    const { at, sessions } = rings.past("1h", minute + 30_000)
    expect(at).toEqual([minute + 10_000])
    expect(sessions).toEqual([{ key: "a", title: "Title of a", kib: [9] }])
    expect(rings.past("10m", minute + 30_000).at).toHaveLength(3)
  })

  it("knows that nothing ran after a look that saw nothing, until the next look and until now", () => {
    const rings = taken(look(0, { a: 4 }), look(minute, {}), look(5 * minute, { a: 2 }), look(5 * minute + 1_000, {}))
    const { at, sessions, server } = rings.past("1h", 8 * minute)
    expect(at).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => n * minute))
    expect(sessions[0]?.kib).toEqual([4, 0, 0, 0, 0, 2, 0, 0, 0])
    expect(server).toEqual([7, 7, null, null, null, 7, null, null, null])
  })

  it("ends with nothing where the last session has gone within the slot", () => {
    const { at, sessions } = taken(look(0, { a: 4 }), look(20_000, {})).past("24h", 40_000)
    expect([at, sessions[0]?.kib]).toEqual([
      [0, 40_000],
      [4, 0],
    ])
  })

  it("has nothing of a time in which a session lived and nobody could look", () => {
    const { at, gapMillis } = taken(look(0, { a: 4 }), look(30 * minute, { a: 4 })).past("1h", 30 * minute)
    expect(at).toEqual([0, 30 * minute])
    expect(30 * minute).toBeGreaterThan(gapMillis)
  })

  it("is forgotten when it is older than the range, and says from when on it knows", () => {
    const rings = taken(...Array.from({ length: 25 * 60 }, (_, n) => look(n * minute, { a: n })))
    const now = 25 * hour
    const counts = (["10m", "1h", "24h"] as const).map((range) => rings.past(range, now).at.length)
    expect(counts).toEqual([9, 59, 143])
    expect(rings.past("24h", now).since).toBe(hour)
    expect(rings.past("24h", hour).since).toBe(0)
  })

  it("goes on in a next server, which knows the hour and the day as they were told, and that nobody looked in between", () => {
    const before = taken(look(0, { a: 5 }), look(minute, { a: 6, b: 2 }), look(2 * minute, {}))
    const after = new MemoryRings(4 * minute + 30_000, before.kept(3 * minute))
    after.take(look(5 * minute, { a: 1 }))
    const told = after.past("1h", 5 * minute)
    expect(told.at).toEqual([0, 1, 2, 3, 5].map((n) => n * minute))
    expect(told.sessions).toEqual([
      { key: "a", title: "Title of a", kib: [5, 6, 0, 0, 1] },
      { key: "b", title: "Title of b", kib: [0, 2, 0, 0, 0] },
    ])
    expect([told.server, told.others]).toEqual([
      [7, 7, 7, null, 7],
      [0, 0, 0, 0, 0],
    ])
    expect([told.since, told.starts]).toEqual([0, [0, 4 * minute + 30_000]])
    expect(after.past("24h", 5 * minute).sessions[0]?.kib).toEqual([6, 1])
    expect(after.past("10m", 5 * minute).at).toHaveLength(5)
  })

  it("tells of servers that came and went without a look as of one", () => {
    const kept = [1, 2, 3].reduce((last, n) => new MemoryRings(n * minute, last).kept(n * minute), taken(look(0, { a: 5 })).kept(0))
    expect(new MemoryRings(9 * minute, kept).past("1h", 9 * minute).starts).toEqual([0, 9 * minute])
  })

  it("of a former server is forgotten where a clock that was set back meanwhile calls it later, and never claims to be known since then", () => {
    const kept = taken(look(2 * hour, { a: 1 }), look(10 * hour, { a: 2 })).kept(10 * hour)
    const after = new MemoryRings(3 * hour, { ...kept, day: { ...kept.day, since: 4 * hour } })
    const { at, since, starts } = after.past("24h", 3 * hour)
    expect([at, since, starts]).toEqual([[2 * hour], 3 * hour, [0, 3 * hour]])
    expect(after.past("24h", 100 * hour).at).toEqual([])
  })

  it("begins anew at what a clock that was turned back calls later", () => {
    const rings = taken(look(3 * hour, { a: 1 }), look(hour, { a: 2 }))
    expect(rings.past("24h", hour).sessions[0]?.kib).toEqual([2])
  })

  it("tells fifty sessions by name, those that held most, and the rest as others", () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`s${n}`, n + 1]))
    const { sessions, others } = taken(look(0, many)).past("10m", 0)
    expect(sessions.map(({ key }) => key)).toHaveLength(50)
    expect(others).toEqual([(10 * 11) / 2])
  })

  it("fits a frame: fifty sessions over a day are at most 100 kB", () => {
    const many = (n: number) => Object.fromEntries(Array.from({ length: 50 }, (_, s) => [`thr_${s}`, 1_000_000 + n + s]))
    const rings = taken(...Array.from({ length: 144 }, (_, n) => look(n * 10 * minute, many(n))))
    expect(JSON.stringify(rings.past("24h", 143 * 10 * minute)).length).toBeLessThan(100_000)
  })
})
