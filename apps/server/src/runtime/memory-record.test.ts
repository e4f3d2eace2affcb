import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { MemoryRecord } from "./memory-record.ts"
import { MemoryRings } from "./memory-rings.ts"

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "corral-memory-"))
})
afterEach(() => rmSync(home, { recursive: true }))

const file = () => join(home, "memory-history.json")
const minute = 60_000

/** As many sessions and looks as can be, with the longest titles. */
const fullest = () => {
  const rings = new MemoryRings(0)
  for (let at = 0; at < 24 * 60 * minute; at += minute) {
    const sessions = Array.from(
      { length: 60 },
      (_, n) => [`thr_${"x".repeat(16)}${n}`, { title: "é".repeat(200), bytes: 2 ** 34 + n + at }] as const,
    )
    rings.take({ at, sessions: new Map(sessions), totalBytes: 2 ** 41, own: { serverBytes: 2 ** 28, supervisorBytes: 2 ** 27 } })
  }
  return rings.kept(24 * 60 * minute)
}

describe("the file of the history of memory", () => {
  it("gives back what was written, is the owner's alone, and is small however much there was", () => {
    const kept = fullest()
    new MemoryRecord(home).write(kept)
    const record = new MemoryRecord(home)
    expect(record.read()).toEqual(kept)
    expect(record.problem).toBeNull()
    expect(readdirSync(home)).toEqual(["memory-history.json"])
    expect((statSync(file()).mode & 0o777).toString(8)).toBe("600")
    expect(statSync(file()).size).toBeLessThan(300_000)
  })

  it("is no trouble where there is none yet", () => {
    const record = new MemoryRecord(home)
    expect([record.read(), record.problem]).toEqual([null, null])
  })

  it.each([
    ["empty", ""],
    ["cut short", "half"],
    ["of another version", JSON.stringify({ version: 2, hour: {}, day: {} })],
    ["not what it says", JSON.stringify({ version: 1, hour: [], day: null })],
    ["too large", " ".repeat(1024 * 1024 + 1)],
  ])("that is %s is put aside with what it held, and says what was lost", (_, text) => {
    new MemoryRecord(home).write(fullest())
    const content = text === "half" ? readFileSync(file(), "utf8").slice(0, 5_000) : text
    writeFileSync(file(), content)
    const record = new MemoryRecord(home)
    expect(record.read()).toBeNull()
    expect(record.problem).toMatch(
      /^The history of memory of the last 24 hours is lost: .*memory-history\.json could not be used .*nothing else is lost/,
    )
    expect(readFileSync(`${file()}.damaged`, "utf8")).toBe(content)
    expect(existsSync(file())).toBe(false)
    record.write(fullest())
    expect([record.problem, record.read()]).toEqual([null, fullest()])
  })

  it("that is no file is no reason not to start", () => {
    mkdirSync(file())
    const record = new MemoryRecord(home)
    expect(record.read()).toBeNull()
    expect(record.problem).toMatch(/is lost/)
  })

  it("that cannot be written leaves the former one, says so, and is tried again", () => {
    const record = new MemoryRecord(home)
    record.write(fullest())
    const before = readFileSync(file(), "utf8")
    mkdirSync(`${file()}.next`)
    record.write(new MemoryRings(0).kept(0))
    expect(record.problem).toMatch(/cannot be written to .*memory-history\.json .* Next: /)
    expect(readFileSync(file(), "utf8")).toBe(before)
    rmSync(`${file()}.next`, { recursive: true })
    record.write(fullest())
    expect(record.problem).toBeNull()
  })
})
