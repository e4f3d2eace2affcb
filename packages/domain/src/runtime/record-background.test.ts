import type { Background } from "@corral/contracts/runtime"
import { describe, expect, it } from "vitest"
import { busy, ended, eventsOf, given, idle, reasonOf, stopped, threadId, turnIds } from "../../test/story.ts"

const dev: Background = { taskId: "b1", kind: "shell", title: "npm run dev" }
const tests: Background = { taskId: "b2", kind: "shell", title: "npm test" }
const record = (...background: readonly Background[]) =>
  ({ _tag: "runtime.record-background", threadId, generation: 1, background }) as const
const changed = (...background: readonly Background[]) => ({ _tag: "runtime.background-changed", threadId, background }) as const

describe("recording background work", () => {
  it("keeps what runs now, in full", () => {
    const story = given(...idle, changed(dev))
    expect(eventsOf(story.when(record(dev, tests)))).toEqual([changed(dev, tests)])
    expect(story.and(changed(dev, tests)).it().runtime.background).toEqual([dev, tests])
  })

  it("that is as it was changes nothing", () => {
    expect(eventsOf(given(...idle, changed(dev)).when(record({ ...dev })))).toEqual([])
    expect(eventsOf(given(...idle).when(record()))).toEqual([])
  })

  it.each([{ taskId: "b9" }, { kind: "subagent" }, { title: "npm start" }])("that differs by %j is told", (other) => {
    expect(eventsOf(given(...idle, changed(dev)).when(record({ ...dev, ...other })))).toHaveLength(1)
  })

  it("restarts the idle time when the last of it ends", () => {
    expect(given(...idle, changed(dev), changed()).it().runtime.since).toBe(6000)
    expect(given(...idle, changed(dev, tests), changed(dev)).it().runtime.since).toBe(4000)
  })

  it("that ends in the middle of a turn restarts nothing", () => {
    expect(given(...busy, changed(dev), changed()).it().runtime.since).toBe(given(...busy).it().runtime.since)
  })

  it("outlives its turn", () => {
    expect(given(...busy, changed(dev), ended(turnIds.first, "completed")).it().runtime.background).toEqual([dev])
  })

  it("of processes that are gone is not believed", () => {
    expect(eventsOf(given(...idle, stopped("exited")).when(record(dev)))).toEqual([])
  })

  it("by an older generation is dropped", () => {
    expect(reasonOf(given(...idle).when({ ...record(dev), generation: 0 }))).toBe("stale-generation")
  })
})
