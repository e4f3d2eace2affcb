// The tree that `corral ps` draws.
import { describe, expect, it } from "vitest"
import { branches } from "./ps.ts"

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
