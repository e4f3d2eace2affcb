// Geometry of the memory chart.
import { expect, it } from "vitest"
import type { TreeId } from "@corral/contracts/ids"
import { areasOf, topOf, type Frame } from "./chart-paths.ts"
import type { History } from "./history.ts"

const isTree = (text: string): text is TreeId => text.startsWith("tre_")
const tree = (text: string): TreeId => {
  if (isTree(text)) return text
  throw new Error("not a tree")
}
const [a, b] = [tree("tre_a"), tree("tre_b")]
const history: History = {
  samples: [
    { at: 0, byTree: new Map([[a, 40]]) },
    {
      at: 50,
      byTree: new Map([
        [a, 40],
        [b, 20],
      ]),
    },
    { at: 100, byTree: new Map([[b, 20]]) },
  ],
  trees: [
    { treeId: a, title: "a" },
    { treeId: b, title: "b" },
  ],
}
const frame: Frame = { width: 100, height: 100, from: 0, to: 100, topBytes: 100 }

it("stacks one session on the other", () => {
  expect(areasOf(history, frame).map((area) => area.edge)).toEqual(["M0.0 60.0L50.0 60.0", "M50.0 40.0L100.0 80.0"])
})

it("closes each area along the one below", () => {
  expect(areasOf(history, frame)[1]?.fill).toBe("M0.0 60.0L50.0 40.0L100.0 80.0L100.0 100.0L50.0 60.0L0.0 60.0Z")
})

it("leaves air above the highest sum", () => {
  expect(topOf(history)).toBeGreaterThanOrEqual(63)
  expect(topOf({ samples: [], trees: [] })).toBeGreaterThan(0)
})
