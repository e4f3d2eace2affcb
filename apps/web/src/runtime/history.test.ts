// What the page has seen itself, and what the server knows, as one history.
import { TreeId, ThreadId } from "@corral/contracts/ids"
import type { MemoryPast } from "@corral/contracts/memory-past"
import type { Processes } from "@corral/contracts/tree"
import { describe, expect, it } from "vitest"
import { addPast, addSample, noHistory, pastHistory, type History } from "./history.ts"

const second = 1_000
const kib = 1024

const seen = (at: number, held: Readonly<Record<string, number>>): Processes => ({
  checkedAt: at,
  complete: true,
  lookMillis: 1,
  machine: { totalBytes: 1, availableBytes: 1 },
  strays: [],
  own: { serverBytes: 3 * kib, supervisorBytes: 2 * kib },
  trees: Object.entries(held).map(([name, amount]) => ({
    treeId: TreeId.make(`tre_${name}_${at}`),
    provider: "practice",
    sessions: [],
    state: "running",
    rung: null,
    tier: "linux-token",
    rootPid: 1,
    launchedAt: 1,
    bytesIn: 0,
    bytesOut: 0,
    lastOutputAt: null,
    memoryBytes: amount * kib,
    processes: [],
    threads: [
      { threadId: ThreadId.make(`thr_${name}`), title: `Thread ${name}`, state: "idle", reason: "kept", endsWhen: "", endsAt: null },
    ],
  })),
})

const past: MemoryPast = {
  since: 7,
  gapMillis: 150 * second,
  starts: [],
  at: [10 * second, 20 * second, 30 * second],
  sessions: [
    { key: "thr_old", title: "Thread old", kib: [4, 0, 0] },
    { key: "thr_a", title: "Thread a", kib: [1, 2, 3] },
  ],
  others: [0, 9, 0],
  server: [3, null, 3],
  supervisor: [2, null, 2],
}

const bytesAt = ({ samples }: History) => samples.map(({ at, bySession }) => [at / second, Object.fromEntries(bySession)])

describe("the history of ten minutes", () => {
  it("begins with what the server knows, where this page did not look", () => {
    const looked = addSample(addSample(noHistory, seen(29 * second, { a: 8 })), seen(31 * second, { a: 7 }))
    const history = addPast(looked, past)
    expect(bytesAt(history)).toEqual([
      [10, { thr_old: 4 * kib, thr_a: kib }],
      [20, { thr_a: 2 * kib, others: 9 * kib }],
      [29, { thr_a: 8 * kib }],
      [31, { thr_a: 7 * kib }],
    ])
    expect(history.sessions.map(({ key }) => key)).toEqual(["thr_a", "thr_old", "others"])
    expect([history.since, history.samples.map(({ ownBytes }) => ownBytes)]).toEqual([7, [5 * kib, null, 5 * kib, 5 * kib]])
  })

  it("goes on with each look, forgets what is older, and keeps a session's place over sleep and wake", () => {
    const begun = addPast(noHistory, past)
    const later = addSample(addSample(begun, seen(31 * second, { a: 1 })), seen(620 * second, { b: 1, a: 2 }))
    expect(bytesAt(later)).toEqual([
      [30, { thr_a: 3 * kib }],
      [31, { thr_a: kib }],
      [620, { thr_b: kib, thr_a: 2 * kib }],
    ])
    expect(later.sessions.map(({ key }) => key)).toEqual(["thr_a", "thr_b"])
  })

  it("takes no look twice", () => {
    const once = addSample(noHistory, seen(second, { a: 1 }))
    expect(addSample(once, seen(second, { a: 2 }))).toBe(once)
  })
})

describe("a longer history", () => {
  it("is the server's, up to this page's last look, with who runs now first", () => {
    const now = addSample(addSample(noHistory, seen(39 * second, { c: 1 })), seen(40 * second, { a: 5, c: 1 }))
    const history = pastHistory(past, now)
    expect(bytesAt(history).map(([at]) => at)).toEqual([10, 20, 30, 40])
    expect(history.sessions.map(({ key }) => key)).toEqual(["thr_c", "thr_a", "thr_old", "others"])
  })

  it("ends with the server's last look where that is the newer one", () => {
    expect(bytesAt(pastHistory(past, addSample(noHistory, seen(12 * second, { a: 1 })))).at(-1)).toEqual([30, { thr_a: 3 * kib }])
  })
})
