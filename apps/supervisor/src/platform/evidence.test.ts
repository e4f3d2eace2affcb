import { describe, expect, it } from "vitest"
import type { TreeId } from "@corral/contracts/ids"
import { treeId } from "../contract.ts"
import type { Mark, Row, Sighted } from "./containment.ts"
import { pass, type Pass, untold } from "./evidence.ts"
import { Sessions } from "./sessions.ts"

const idOf = (name: string): TreeId => {
  if (!treeId(name)) throw new Error(name)
  return name
}
const markOf = (over: Partial<Mark> = {}): Mark => ({
  treeId: idOf("tre_1"),
  token: "111",
  cookie: "tre_1.111",
  leaf: null,
  known: new Map(),
  sids: new Sessions(),
  ...over,
})
const row = (pid: number, over: Partial<Row> = {}): Row => ({
  pid,
  ppid: 1,
  pgid: pid,
  sid: 1,
  start: pid * 10,
  startedAt: pid,
  name: "sh",
  token: null,
  innerToken: null,
  innermostToken: null,
  cookie: null,
  leaf: null,
  ...over,
})
/** Each list is what one listing shows that the ones before did not. */
const look = (
  listings: readonly (readonly Row[])[],
  marks: readonly Mark[],
  more: { wrapped?: boolean; strike?: (member: Sighted) => void } = {},
): Pass => {
  const left = [...listings]
  return pass(
    { fresh: () => ({ rows: left.shift() ?? [], missed: 0 }), ...untold, mayHaveWrapped: more.wrapped ?? false, isWhole: true },
    marks,
    more.strike ?? (() => {}),
  )
}
const seen = (found: Pass, mark: Mark): readonly string[] =>
  (found.members.get(mark) ?? []).map(({ pid, evidence }) => `${pid} ${evidence}`)

describe("who belongs to a tree", () => {
  it("is whoever bears its token, and nobody with another one", () => {
    const mark = markOf()
    expect(seen(look([[row(10, { token: "111" }), row(11, { token: "112" }), row(12, { token: "11" })]], [mark]), mark)).toEqual([
      "10 token",
    ])
  })

  it("is whoever bears its token beside that of another Corral, within which or around which it runs", () => {
    const mark = markOf()
    const rows = [
      row(10, { token: "999", innerToken: "111" }),
      row(11, { token: "111", innerToken: "5" }),
      row(12, { innerToken: "5" }),
      row(13, { innermostToken: "111" }),
    ]
    expect(seen(look([rows], [mark]), mark)).toEqual(["10 token", "11 token", "13 token"])
  })

  it("is nobody for a cookie alone where tokens work", () => {
    const mark = markOf()
    expect(seen(look([[row(10, { cookie: "tre_1.111" })]], [mark]), mark)).toEqual([])
  })

  it("is whoever is in its cgroup, whatever else is known of them, and nobody in another's", () => {
    const mark = markOf({ leaf: "/cgroup/one" })
    const rows = [row(10, { leaf: "/cgroup/one" }), row(11, { leaf: "/cgroup/two" }), row(12, { token: "222", leaf: "/cgroup/one" })]
    expect(seen(look([rows], [mark]), mark)).toEqual(["10 cgroup", "12 cgroup"])
  })

  it("is whoever bears its cookie where tokens do not work", () => {
    const mark = markOf({ token: null })
    expect(seen(look([[row(10, { cookie: "tre_1.111" }), row(11, { cookie: "tre_1.112" })]], [mark]), mark)).toEqual(["10 cookie"])
  })

  it("is a journalled process, but not another one under its number", () => {
    const mark = markOf({ known: new Map([[10, 100]]) })
    expect(seen(look([[row(10)]], [mark]), mark)).toEqual(["10 journal"])
    expect(seen(look([[row(10, { start: 101 })]], [mark]), mark)).toEqual([])
  })

  it("is every descendant of a living member, in whatever order they are listed", () => {
    const mark = markOf()
    const rows = [row(30, { ppid: 20 }), row(20, { ppid: 10 }), row(10, { token: "111" }), row(40, { ppid: 5 })]
    expect(seen(look([rows], [mark]), mark)).toEqual(["10 token", "20 parent", "30 parent"])
    expect([...mark.known]).toEqual([
      [20, 200],
      [30, 300],
    ])
  })

  it("is not a process that is older than its parent: the number was given anew", () => {
    const mark = markOf()
    expect(seen(look([[row(10, { token: "111", start: 500 }), row(20, { ppid: 10, start: 400 })]], [mark]), mark)).toEqual(["10 token"])
  })

  it("is who sits in a session that the tree made", () => {
    const mark = markOf()
    const rows = [row(10, { token: "111", sid: 10 }), row(20, { sid: 10 })]
    expect(seen(look([rows], [mark]), mark)).toEqual(["10 token", "20 session"])
  })

  it("is not who sits in a session that only a member visits", () => {
    const mark = markOf()
    expect(seen(look([[row(10, { token: "111", sid: 5 }), row(20, { sid: 5 })]], [mark]), mark)).toEqual(["10 token"])
  })

  it("is not who comes to a session's number after it was seen empty", () => {
    const mark = markOf()
    look([[row(10, { token: "111", sid: 10 })]], [mark])
    look([[]], [mark])
    expect(seen(look([[row(20, { sid: 10 })]], [mark]), mark)).toEqual([])
  })

  it("is not the unknown leader of a session under a number that was ours", () => {
    const mark = markOf({ sids: new Sessions([10]) })
    expect(seen(look([[row(10, { sid: 10 })]], [mark]), mark)).toEqual([])
  })

  it("is not who sits in an old session when numbers may have gone round, unless a proved member sits there too", () => {
    const alone = markOf({ sids: new Sessions([10]) })
    expect(seen(look([[row(20, { sid: 10 })]], [alone], { wrapped: true }), alone)).toEqual([])
    const joined = markOf({ sids: new Sessions([10]) })
    expect(seen(look([[row(15, { sid: 10, token: "111" }), row(20, { sid: 10 })]], [joined], { wrapped: true }), joined)).toEqual([
      "15 token",
      "20 session",
    ])
  })

  it("is not who sits in a session whose number may have been given to another since a member was seen there", () => {
    const mark = markOf()
    const since = (isGivenSince: () => boolean, rows: readonly Row[]) => {
      const listings = [rows]
      const fresh = () => ({ rows: listings.shift() ?? [], missed: 0 })
      const begun = { last: 5, forks: 5 }
      return seen(
        pass({ ...untold, fresh, begun, isGivenSince, isWhole: false }, [mark], () => {}),
        mark,
      )
    }
    expect(since(() => false, [row(10, { token: "111", sid: 10 })])).toEqual(["10 token"])
    expect(since(() => true, [row(20, { sid: 10 })])).toEqual([])
    expect(since(() => false, [row(20, { sid: 10 })])).toEqual(["20 session"])
  })

  it("is told apart for many trees in one pass", () => {
    const [one, other] = [markOf(), markOf({ treeId: idOf("tre_2"), token: "222" })]
    const found = look([[row(10, { token: "111" }), row(20, { token: "222" }), row(30, { ppid: 20 }), row(40)]], [one, other])
    expect(seen(found, one)).toEqual(["10 token"])
    expect(seen(found, other)).toEqual(["20 token", "30 parent"])
    expect(found.rest.map(({ pid }) => pid)).toEqual([40])
  })
})

describe("a pass", () => {
  it("looks again until nobody new appears, and strikes on sight", () => {
    const mark = markOf()
    const struck: number[] = []
    const found = look([[row(10, { token: "111" })], [row(11, { token: "111" })], [row(12, { ppid: 11 })]], [mark], {
      strike: (member) => struck.push(member.pid),
    })
    expect(struck).toEqual([10, 11, 12])
    expect(found.settled).toBe(true)
  })

  it("says that it has not come to rest when somebody forks without end", () => {
    let pid = 10
    const mark = markOf({ sids: new Sessions([10]) })
    const found = pass({ fresh: () => ({ rows: [row(++pid, { token: "111" })], missed: 0 }), ...untold, isWhole: true }, [mark], () => {})
    expect(found.settled).toBe(false)
    expect([...mark.sids]).toEqual([10])
  })

  it("says that it has not come to rest when everybody new has left before being read", () => {
    const mark = markOf({ known: new Map([[10, 100]]) })
    const found = pass({ fresh: () => ({ rows: [], missed: 1 }), ...untold, isWhole: true }, [mark], () => {})
    expect(found.settled).toBe(false)
    expect(mark.known.size).toBe(1)
  })

  it("looks again after somebody was missed, and finds who came of that", () => {
    const mark = markOf()
    const listings = [
      { rows: [row(9)], missed: 1 },
      { rows: [], missed: 1 },
      { rows: [row(12, { token: "111" })], missed: 0 },
    ]
    const found = pass({ fresh: () => listings.shift() ?? { rows: [], missed: 0 }, ...untold, isWhole: true }, [mark], () => {})
    expect(seen(found, mark)).toEqual(["12 token"])
    expect(found.settled).toBe(true)
  })

  it("does not wait for strangers to stop coming", () => {
    let pid = 10
    expect(pass({ fresh: () => ({ rows: [row(++pid)], missed: 0 }), ...untold, isWhole: true }, [markOf()], () => {}).settled).toBe(true)
  })

  it("forgets members that it saw dead", () => {
    const mark = markOf({ known: new Map([[10, 100]]) })
    look([[]], [mark])
    expect(mark.known.size).toBe(0)
  })
})
