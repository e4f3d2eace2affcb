// How a survey is told: its groups, its sentence, and who can be chosen to be ended.
import { describe, expect, it } from "vitest"
import type { Found, Owner } from "@corral/contracts/survey"
import { groupsOf } from "./found-groups.ts"
import { evidenceWords, ownerWords } from "./owner-words.ts"
import { coveredBy, isChoosable, keyOf, namedOf } from "./selection.ts"
import { summaryWords } from "./summary.ts"

const found = (pid: number, kind: Owner["kind"], over: Partial<Found> = {}): Found => ({
  kind: "agent",
  name: "claude",
  pid,
  start: pid * 10,
  startedAt: 1,
  within: null,
  isOtherUsers: false,
  owner: { kind, name: "kitty", pid: 7, evidence: "its ancestor", next: null, session: null },
  command: "claude",
  pids: [pid],
  memoryBytes: pid,
  ...over,
})
const agent = found(10, "terminal")
const server = found(11, "agent", { kind: "mcp", name: "notes", within: 10 })
const deeper = found(12, "agent", { kind: "mcp", name: "deeper", within: 11 })
const all = [found(40, "corral"), agent, found(20, "orphan"), server, deeper, found(30, "terminal"), found(50, "app")]

describe("groups", () => {
  const lines = (of: readonly Found[]) =>
    groupsOf(of).map(({ key, lines: each }) => [key, each.map((one) => `${one.depth}:${one.found.pid}`)])

  it("are orphans first and Corral's last, the heaviest first, each with what is below it", () => {
    expect(lines(all)).toEqual([
      ["orphans", ["0:20"]],
      ["terminals", ["0:30", "0:10", "1:11", "2:12"]],
      ["apps", ["0:50"]],
      ["corral", ["0:40"]],
    ])
  })

  it("have everybody once, also who is below one that has left", () => {
    expect(lines([server, deeper])).toEqual([["apps", ["0:11", "1:12"]]])
    expect(lines([])).toEqual([])
  })
})

describe("the chosen", () => {
  const chosen = new Set([agent, server, deeper, found(40, "corral")].map(keyOf))

  it("are named without those that end with another one", () => {
    expect(namedOf(all, chosen)).toEqual([agent])
    expect(coveredBy(deeper, all, new Set([keyOf(agent)]))).toBe(agent)
    expect(coveredBy(agent, all, chosen)).toBeNull()
    expect(namedOf(all, new Set([keyOf(deeper)]))).toEqual([deeper])
  })

  it("are neither Corral's nor another user's, and nobody who has a chosen one's number by now", () => {
    expect([found(1, "corral"), found(1, "app", { isOtherUsers: true }), found(1, "orphan")].map(isChoosable)).toEqual([false, false, true])
    expect(namedOf([{ ...agent, start: 101 }], chosen)).toEqual([])
  })
})

describe("the sentence", () => {
  const words = (...of: readonly Found[]) => summaryWords({ found: of, memoryBytes: 3.1 * 1024 ** 3 })

  it.each([
    [[found(1, "app")], "1 coding agent uses 3.10 GB."],
    [[server], "1 MCP server uses 3.10 GB."],
    [[agent, server, found(2, "orphan")], "2 coding agents and 1 MCP server use 3.10 GB; 1 looks orphaned."],
    [[found(1, "orphan"), found(2, "orphan")], "2 coding agents use 3.10 GB; 2 look orphaned."],
  ])("says who uses what", (of, sentence) => expect(words(...of)).toBe(sentence))

  it("is none where there is nobody", () => expect(words()).toBeNull())
})

describe("whose it is", () => {
  it.each([
    [found(1, "terminal"), "kitty"],
    [found(1, "orphan"), "likely an orphan"],
    [found(1, "corral"), "Corral kitty"],
    [found(1, "service", { isOtherUsers: true }), "service kitty, another user’s"],
  ])("is said in a few words", (of, words) => expect(ownerWords(of)).toBe(words))

  it("is known by something", () => {
    expect(evidenceWords(agent.owner)).toBe("pid 7, its ancestor")
    expect(evidenceWords({ ...agent.owner, pid: null, evidence: "bears its token" })).toBe("bears its token")
  })
})
