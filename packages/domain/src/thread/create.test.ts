import type { ThreadId } from "@corral/contracts/ids"
import { ProjectId } from "@corral/contracts/ids"
import type { Config } from "@corral/contracts/provider"
import { describe, expect, it } from "vitest"
import { added, asleep, config, deleted, eventsOf, given, intentsOf, messageOf, projectId, reasonOf, threadId } from "../../test/story.ts"

const create = (more: { title?: string | null; config?: Config; threadId?: ThreadId; projectId?: ProjectId } = {}) =>
  ({ _tag: "thread.create", threadId, projectId, title: null, config, ...more }) as const

describe("creating a thread", () => {
  it("starts nothing: it is durable and asleep", () => {
    const decision = given(added).when(create({ title: " Fix it " }))
    expect(eventsOf(decision)).toEqual([{ _tag: "thread.created", threadId, projectId, title: "Fix it", config }])
    expect(intentsOf(decision)).toEqual([])
    expect(given(added, ...eventsOf(decision)).it()).toMatchObject({
      status: "active",
      turn: null,
      queue: [],
      createdAt: 2000,
      touchedAt: 2000,
      turns: 0,
      runtime: { state: "asleep", generation: 0, treeId: null, cursor: null, lastStop: null, since: 2000 },
    })
  })

  it("without a title has one for the time being", () => {
    expect(eventsOf(given(added).when(create()))).toMatchObject([{ title: "New thread" }])
  })

  it("is refused in a project that is not there", () => {
    expect(reasonOf(given(added).when(create({ projectId: ProjectId.make("prj_none") })))).toBe("unknown-project")
  })

  it("is refused under an id that is in use, also by a deleted thread", () => {
    expect(reasonOf(given(...asleep).when(create()))).toBe("duplicate-id")
    expect(reasonOf(given(...asleep, deleted).when(create()))).toBe("duplicate-id")
  })

  it.each(["", "one\ntwo", "x".repeat(201)])("is refused with the title %j", (title) => {
    expect(reasonOf(given(added).when(create({ title })))).toBe("bad-title")
  })

  it("is refused with a config that cannot be had", () => {
    const decision = given(added).when(create({ config: { ...config, model: "gpt" } }))
    expect(reasonOf(decision)).toBe("unknown-model")
    expect(messageOf(decision)).toContain("opus, haiku")
  })
})
