import { describe, expect, it } from "vitest"
import { archived, asleep, deleted, eventsOf, given, messageOf, reasonOf, threadId } from "../../test/story.ts"

const rename = (title: string) => ({ _tag: "thread.rename", threadId, title }) as const

describe("renaming a thread", () => {
  it("changes its title, and does not bring it to the top of the list", () => {
    const events = eventsOf(given(...asleep).when(rename(" Break it ")))
    expect(events).toEqual([{ _tag: "thread.renamed", threadId, title: "Break it" }])
    expect(given(...asleep, ...events).it()).toMatchObject({ title: "Break it", touchedAt: 2000 })
  })

  it("to the title it has changes nothing", () => {
    expect(eventsOf(given(...asleep).when(rename("Fix it")))).toEqual([])
  })

  it("is possible in the archive", () => {
    expect(eventsOf(given(...asleep, archived).when(rename("Old")))).toHaveLength(1)
  })

  it("is refused once it is deleted", () => {
    expect(reasonOf(given(...asleep, deleted).when(rename("Old")))).toBe("unknown-thread")
  })

  it.each(["", " ", "a\nb", "x".repeat(201)])("is refused to %j, with what was kept", (title) => {
    const decision = given(...asleep).when(rename(title))
    expect(reasonOf(decision)).toBe("bad-title")
    expect(messageOf(decision)).toContain("“Fix it”")
  })
})
