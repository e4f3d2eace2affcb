import { describe, expect, it } from "vitest"
import { added, archived, busy, created, eventsOf, given, intentsOf, otherId, projectId, reasonOf, threadId } from "../../test/story.ts"

const remove = { _tag: "project.remove", projectId } as const
const other = { ...created, threadId: otherId }

describe("removing a project", () => {
  it("with no threads forgets it", () => {
    const decision = given(added).when(remove)
    expect(eventsOf(decision)).toEqual([{ _tag: "project.removed", projectId }])
    expect(intentsOf(decision)).toEqual([])
    expect(given(added, ...eventsOf(decision)).project(projectId)).toBeUndefined()
  })

  it("deletes each of its threads, and stops what runs for them first", () => {
    const decision = given(...busy, other).when(remove)
    expect(eventsOf(decision)).toEqual([
      { _tag: "thread.deleted", threadId },
      { _tag: "runtime.stopping", threadId, reason: "delete" },
      { _tag: "thread.deleted", threadId: otherId },
      { _tag: "project.removed", projectId },
    ])
    expect(intentsOf(decision)).toEqual([
      { _tag: "runtime.stop", threadId, reason: "delete" },
      { _tag: "thread.delete", threadId },
      { _tag: "runtime.stop", threadId: otherId, reason: "delete" },
      { _tag: "thread.delete", threadId: otherId },
    ])
  })

  it("takes its archived threads along", () => {
    expect(intentsOf(given(added, created, archived).when(remove))).toContainEqual({ _tag: "thread.delete", threadId })
  })

  it("is refused the second time", () => {
    expect(reasonOf(given(added, { _tag: "project.removed", projectId }).when(remove))).toBe("unknown-project")
  })
})
