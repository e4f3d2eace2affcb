// Geometry of the memory chart.
import { expect, it } from "vitest"
import { areasOf, ownEdge, topOf, type Frame } from "./chart-paths.ts"
import { noHistory, type History, type Sample } from "./history.ts"

const sample = (at: number, held: Readonly<Record<string, number>>, ownBytes: number | null = null): Sample => ({
  at,
  bySession: new Map(Object.entries(held)),
  ownBytes,
})
const sessions = ["a", "b"].map((key) => ({ key, title: key }))
const history: History = {
  ...noHistory,
  samples: [sample(0, { a: 40 }, 10), sample(50, { a: 40, b: 20 }, 20), sample(100, { b: 20 })],
  sessions,
}
const frame: Frame = { width: 100, height: 100, from: 0, to: 100, topBytes: 100 }

it("stacks one session on the other", () => {
  expect(areasOf(history, frame).map((area) => area.edge)).toEqual(["M0.0 60.0L50.0 60.0", "M50.0 40.0L100.0 80.0"])
})

it("closes each area along the one below", () => {
  expect(areasOf(history, frame)[1]?.fill).toBe("M0.0 60.0L50.0 40.0L100.0 80.0L100.0 100.0L50.0 60.0L0.0 60.0Z")
})

it("draws nothing over a time of which nothing is known", () => {
  const [area] = areasOf({ ...history, samples: [0, 10, 90, 100].map((at) => sample(at, { a: 50 })), gapMillis: 50 }, frame)
  expect(area?.edge).toBe("M0.0 50.0L10.0 50.0M90.0 50.0L100.0 50.0")
  expect(area?.fill.match(/Z/g)).toHaveLength(2)
})

it("draws nothing from the look before a start of the server to the one after it, however near they are", () => {
  const [area] = areasOf({ ...history, samples: [0, 10, 20, 30].map((at) => sample(at, { a: 50 })), starts: [0, 15] }, frame)
  expect(area?.edge).toBe("M0.0 50.0L10.0 50.0M20.0 50.0L30.0 50.0")
})

it("draws Corral itself as a line of its own, only where it was looked at", () => {
  expect(ownEdge(history, frame)).toBe("M0.0 90.0L50.0 80.0")
})

it("leaves air above the highest sum, and above Corral itself", () => {
  expect(topOf(history)).toBeGreaterThanOrEqual(63)
  expect(topOf({ ...history, samples: [sample(0, {}, 5000)] })).toBeGreaterThan(5000)
  expect(topOf(noHistory)).toBeGreaterThan(0)
})
