import { describe, expect, it } from "vitest"
import { Sessions } from "./sessions.ts"

describe("the sessions that a tree made", () => {
  it("are those that its members lead, not those that they sit in", () => {
    const sessions = new Sessions()
    sessions.own({ pid: 10, sid: 10 })
    sessions.own({ pid: 11, sid: 5 })
    expect([...sessions]).toEqual([10])
    expect(sessions.has(5)).toBe(false)
  })

  it("are never 0, which names none, nor 1, which is init's: nobody can bring them in", () => {
    const sessions = new Sessions([0, 1, -1, 12])
    sessions.own({ pid: 0, sid: 0 })
    sessions.own({ pid: 1, sid: 1 })
    expect([...sessions]).toEqual([12])
    expect(sessions.has(0)).toBe(false)
    expect(sessions.has(1)).toBe(false)
  })

  it("know when a member was seen in them last, as far as that can be told", () => {
    const sessions = new Sessions([10])
    expect(sessions.seenAt(10)).toBeNull()
    sessions.saw(10, { last: 7, forks: 70 })
    sessions.saw(11, { last: 7, forks: 70 })
    sessions.saw(10, null)
    sessions.own({ pid: 10, sid: 10 })
    expect(sessions.seenAt(10)).toEqual({ last: 7, forks: 70 })
    expect([...sessions]).toEqual([10])
  })

  it("are forgotten once they were seen empty", () => {
    const sessions = new Sessions([10, 12])
    sessions.keepOnly(new Set([12, 99]))
    expect([...sessions]).toEqual([12])
  })
})
