// Processes stand below their parents, and none is lost.
import { expect, it } from "vitest"
import type { Process } from "@corral/contracts/tree"
import { inTreeOrder, processName } from "./tree-order.ts"

const process = (pid: number, ppid: number): Process => ({ pid, ppid, startedAt: 1, command: `p${pid}`, memoryBytes: 1, cpuPercent: 0 })
const lines = (...processes: readonly Process[]) => inTreeOrder(processes).map((line) => [line.process.pid, line.depth])

it("puts each below its parent, whatever order they came in", () => {
  expect(lines(process(4, 3), process(2, 1), process(3, 2), process(5, 2))).toEqual([
    [2, 0],
    [3, 1],
    [4, 2],
    [5, 1],
  ])
})

it("shows a daemon that left its parent as a root of its own", () => {
  expect(lines(process(2, 1), process(9, 1))).toEqual([
    [2, 0],
    [9, 0],
  ])
})

it("loses none of a ring", () => {
  expect(lines(process(2, 3), process(3, 2)).length).toBe(2)
})

it.each([
  ["/usr/bin/node /x/dist/mcp.js --stdio", "node mcp.js"],
  ["bash -lc npm test", "bash"],
  ["/opt/claude --resume x", "claude"],
  ["python3 -m http.server", "python3 http.server"],
  ["sleep 100", "sleep"],
])("%s is known as %s", (command, name) => expect(processName(command)).toBe(name))
