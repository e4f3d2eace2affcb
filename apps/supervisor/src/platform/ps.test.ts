import { describe, expect, it } from "vitest"
import { parsePs, parsePsWeight, parsePsWords } from "./ps.ts"

/** As macOS 14 prints it: the session is 0, the start of a one-digit day is padded, names are whole paths. */
const macos = `    1     0     1      0 Mon Mar  2 09:15:01 2026     Ss   /sbin/launchd
  812     1   812      0 Mon Mar  2 09:15:44 2026     S    /System/Library/Frameworks/CoreServices.framework/Versions/A/Support/mds
 4711   812  4711      0 Tue Mar 10 18:00:00 2026     S+   /Applications/My Agent.app/Contents/MacOS/agent
 4712  4711  4711      0 Tue Mar 10 18:00:01 2026     Z    (sh)
`
const linux = `      1       0       1       1 Sun Nov 22 11:39:00 2026 Ss   systemd
   9898    9889    9898    9898 Sun Nov 22 12:05:24 2026 Ss   sh
   9900    9898    9900    9900 Sun Nov 22 12:05:24 2026 SNs  a) (b
`

describe("the output of ps", () => {
  it("is read as macOS prints it, without what is dead", () => {
    const rows = parsePs(macos)
    expect(rows.map(({ pid }) => pid)).toEqual([1, 812, 4711])
    expect(rows[2]).toMatchObject({ ppid: 812, pgid: 4711, sid: 0, name: "/Applications/My Agent.app/Contents/MacOS/agent" })
    expect(rows[2]?.startedAt).toBe(Date.UTC(2026, 2, 10, 18, 0, 0))
  })

  it("is read as Linux prints it", () => {
    expect(parsePs(linux)[2]).toMatchObject({
      pid: 9900,
      ppid: 9898,
      pgid: 9900,
      sid: 9900,
      start: Date.UTC(2026, 10, 22, 12, 5, 24) / 1000,
      name: "a) (b",
    })
  })

  it("gives nothing for what is no line of it", () => {
    expect(parsePs("\nps: illegal option\n  12 x\n")).toEqual([])
  })

  it.each([
    ["  42  2048   0:01.50 node\n", { residentBytes: 2_097_152, cpuMillis: 1500, name: "node" }],
    ["  42  10 00:01:02 my agent\n", { residentBytes: 10_240, cpuMillis: 62_000, name: "my agent" }],
    ["  42  10 2-01:00:00 node\n", { residentBytes: 10_240, cpuMillis: 176_400_000, name: "node" }],
    ["", null],
  ])("tells a weight: %j", (output, weight) => {
    expect(parsePsWeight(output)).toEqual(weight)
  })

  it("tells the words of each, whose it is and whether it has a terminal", () => {
    const found = parsePsWords("  42  501 ttys001 node  /x/claude -p hi\n  43    0 ??       /sbin/launchd\n  44    0 ?        x\n")
    expect(found.get(42)).toEqual({ words: ["node", "/x/claude", "-p", "hi"], user: 501, hasTerminal: true })
    expect([found.get(43)?.hasTerminal, found.get(44)?.hasTerminal]).toEqual([false, false])
  })
})
