// The ports that the processes of a tree listen on, as the supervisor tells them over its line.
import { describe, expect, test } from "vitest"
import { until } from "../agents/deadline.ts"
import { makeBed, treeOf } from "./supervised.ts"

const listens = `node -e 'require("node:net").createServer().listen(0, "127.0.0.1", function () { console.log(this.address().port) })'`

describe("a process that listens", () => {
  test("is told with its port where that is asked for, its parent without one, and nothing is told unasked", async () => {
    const bed = makeBed()
    bed.start()
    const line = await bed.dial()
    const root = await line.launch("one", `${listens} & wait`)
    await line.ask("attach", { treeId: treeOf("one"), after: null })
    const { seen: said } = await until(() => line.linesOf("one")[0], { what: "the port", withinMillis: 20_000 })
    const { trees } = await line.ask("trees", { memory: true, ports: true })
    const processes = trees.flatMap((tree) => tree.processes)
    expect(processes.flatMap(({ ports = [] }) => ports)).toEqual([Number(said)])
    expect(processes.find(({ pid }) => pid === root.pid)?.ports).toEqual([])
    const unasked = await line.ask("trees", { memory: true })
    expect(unasked.trees.flatMap((tree) => tree.processes).some((process) => "ports" in process)).toBe(false)
    expect(unasked.ownBytes).toBeGreaterThan(1_000_000)
    await line.stop("one")
    await bed.end()
  })
})
