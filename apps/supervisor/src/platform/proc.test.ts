import { spawn } from "node:child_process"
import { once } from "node:events"
import { describe, expect, it } from "vitest"
import { findVariable, isAlive, parseLimits, parseStat, readLastPid, readLimits, readStat } from "./proc.ts"

const statOf = (name: string, { state = "S", threads = 1 } = {}): string =>
  `42 (${name}) ${state} 7 42 40 0 -1 4194304 1 0 0 0 12 30 5 6 20 0 ${threads} 0 8317 1000 200 18446744073709551615 1 1 0 0\n`

describe("a line of /proc/PID/stat", () => {
  it.each(["sh", "a) (b", ") S 1 1 1 (", "two\nlines", ""])("is read to its end whatever the name %j holds", (name) => {
    const seen = {
      pid: 42,
      name,
      state: "S",
      ppid: 7,
      pgid: 42,
      sid: 40,
      terminal: 0,
      cpuTicks: 42,
      waitedTicks: 11,
      threads: 1,
      start: 8317,
    }
    expect(parseStat(statOf(name))).toEqual(seen)
  })

  it.each(["", "42", "42 (sh", "42 (sh) S 7"])("is nothing when it is cut off: %j", (text) => {
    expect(parseStat(text)).toBeNull()
  })

  it("is the same for ourselves as what Node knows", () => {
    expect(readStat(process.pid)).toMatchObject({ pid: process.pid, ppid: process.ppid })
  })

  it.each([
    ["sleeps", { state: "S" }, true],
    ["is dead and not collected", { state: "Z" }, false],
    ["is being taken away", { state: "X", threads: 0 }, false],
    ["has lost its first thread, and works on in another", { state: "Z", threads: 2 }, true],
  ])("tells whether a process lives that %s", (_, of, alive) => {
    const stat = parseStat(statOf("sh", of))
    expect(stat && isAlive(stat)).toBe(alive)
  })
})

describe("the number that was given out last", () => {
  it("is that of who was started last, or of one after it", async () => {
    const child = spawn("true")
    await once(child, "exit")
    const last = readLastPid()
    expect(last).not.toBeNull()
    // Numbers begin anew at the end.
    if (last !== null && last >= (child.pid ?? 0)) expect(last - (child.pid ?? 0)).toBeLessThan(2000)
  })
})

describe("the limit of file locks", () => {
  const limits = (soft: string, hard: string): string =>
    [
      "Limit                     Soft Limit           Hard Limit           Units     ",
      "Max locked memory         8388608              8388608              bytes     ",
      `Max file locks            ${soft.padEnd(20)} ${hard.padEnd(20)} locks     `,
      "Max pending signals       96365                96365                signals   ",
    ].join("\n")

  it("is the hard one, since the soft one can be raised again", () => {
    expect(parseLimits(limits("17", "1152921504606846976")).locks).toBe("1152921504606846976")
  })

  it("stands beside those of resident memory and of realtime, which are others", () => {
    const both = `Max resident set          5                    7                    bytes     \n${limits("17", "19")}\nMax realtime timeout      3                    3                    us        `
    expect(parseLimits(both)).toEqual({ locks: "19", resident: "7", realtime: "3" })
  })

  it("is nothing when there is none, and nothing when the line is missing", () => {
    expect(parseLimits(limits("unlimited", "unlimited"))).toEqual({ locks: null, resident: null, realtime: null })
    expect(parseLimits("Max processes 1 1")).toEqual({ locks: null, resident: null, realtime: null })
  })

  it("of a process that is not there is nothing", () => {
    expect(readLimits(2 ** 22 + 1)).toEqual({ locks: null, resident: null, realtime: null })
  })
})

describe("a variable of an environment", () => {
  const environment = (...entries: readonly string[]): Buffer => Buffer.from(entries.map((entry) => `${entry}\0`).join(""))

  it("is found at the start and after a NUL", () => {
    expect(findVariable(environment("CORRAL_TREE=tre_1.5", "A=1"), "CORRAL_TREE")).toBe("tre_1.5")
    expect(findVariable(environment("A=1", "CORRAL_TREE=tre_1.5"), "CORRAL_TREE")).toBe("tre_1.5")
  })

  it("is not found inside another one, even with the same text", () => {
    expect(findVariable(environment("LOG=saw CORRAL_TREE=tre_1.5", "XCORRAL_TREE=tre_1.5"), "CORRAL_TREE")).toBeNull()
  })

  it("is found behind one that only talks about it", () => {
    expect(findVariable(environment("LOG=CORRAL_TREE=tre_9.9", "CORRAL_TREE=tre_1.5"), "CORRAL_TREE")).toBe("tre_1.5")
  })

  it("may be the last one without its NUL", () => {
    expect(findVariable(Buffer.from("A=1\0CORRAL_TREE=x"), "CORRAL_TREE")).toBe("x")
  })
})
