// The tree that `corral ps` draws.
import { describe, expect, it } from "vitest"
import { TreeId } from "@corral/contracts/ids"
import { branches, psLines } from "./ps.ts"

const process = (pid: number, ppid: number) => ({ pid, ppid, startedAt: 0, command: "x", memoryBytes: 0, cpuPercent: 0 })

describe("the branches of a process tree", () => {
  it("stand below their parents", () => {
    const drawn = branches([process(10, 1), process(11, 10), process(12, 11), process(13, 10)])
    expect(drawn.map(({ process, stem }) => `${stem}${process.pid}`)).toEqual(["10", "├ 11", "│ └ 12", "└ 13"])
  })

  it("show what left its parent at the left, and nothing twice or never", () => {
    const drawn = branches([process(10, 1), process(20, 1), process(21, 20), process(30, 31), process(31, 30)])
    expect(drawn.map(({ process }) => process.pid).sort((a, b) => a - b)).toEqual([10, 20, 21, 30, 31])
  })
})

describe("the list of processes", () => {
  it("has the ports that a process listens on beside its command, and nothing where there are none or none are known", () => {
    const processes = [{ ...process(10, 1), ports: [] }, { ...process(11, 10), command: "vite", ports: [5173] }, process(12, 10)]
    const tree = { ...nobodys, processes }
    const lines = psLines({
      checkedAt: 0,
      complete: true,
      lookMillis: 1,
      machine: { totalBytes: 1, availableBytes: 1 },
      trees: [tree],
      strays: [],
    })
    expect(lines.filter((line) => line.includes("port")).map((line) => line.trim().split("  ").at(-1))).toEqual(["port 5173"])
    expect(lines.find((line) => line.includes("port"))).toContain("vite")
  })
})

const nobodys = {
  treeId: TreeId.make("tre_1"),
  provider: "practice",
  sessions: [],
  state: "running",
  rung: null,
  tier: "linux-token",
  rootPid: 10,
  launchedAt: 0,
  bytesIn: 0,
  bytesOut: 0,
  lastOutputAt: null,
  memoryBytes: 0,
  threads: [],
} as const
