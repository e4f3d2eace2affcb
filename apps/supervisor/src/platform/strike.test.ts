import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readMachine, readStat } from "./proc.ts"
import { forgetStruck, nobodyStruck, readStruck, strikeScript } from "./strike.ts"

/** More than anybody's number. */
const nobody = 2 ** 22 + 1

// Folders that look like cgroups: the kernel ends nobody here, and the words are the same.
describe.skipIf(process.platform !== "linux")("a watcher that strikes", () => {
  let folder: string
  let record: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "crl-"))
    record = join(folder, "struck")
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const group = (name: string, pids: readonly number[]): string => {
    const path = join(folder, name)
    mkdirSync(path)
    writeFileSync(join(path, "cgroup.procs"), pids.map((pid) => `${pid}\n`).join(""))
    return path
  }
  const strike = (beginning = join(folder, "corral-1-a-")): string => {
    const words = ["-c", `${strikeScript}\nexec "$@"`, "sh", beginning, record, "echo", "the", "sweep"]
    return spawnSync("/bin/sh", words, { encoding: "utf8", env: {} }).stdout
  }
  const isEnded = (leaf: string): boolean => existsSync(join(leaf, "cgroup.kill"))
  const start = (): number => readStat(process.pid)?.start ?? 0

  it("ends all leaves of its own supervisor, and no other one, then sweeps", () => {
    const [one, two, others] = [group("corral-1-a-11", [process.pid]), group("corral-1-a-12", []), group("corral-1-b-13", [process.pid])]
    expect(strike()).toBe("the sweep\n")
    expect([one, two, others].map(isEnded)).toEqual([true, true, false])
    expect([...readStruck(record).keys()]).toEqual(["corral-1-a-11"])
  })

  it("names who was in them, in their parts too, by what the kernel says of each", () => {
    group("corral-1-a-11", [nobody, process.pid])
    group("corral-1-a-11/part", [])
    group("corral-1-a-11/part/of it", [process.ppid])
    strike()
    const { killed, freedBytes } = readStruck(record).get("corral-1-a-11") ?? nobodyStruck
    expect(killed.map(({ pid }) => pid)).toEqual([process.ppid, process.pid])
    const { bootedAt, ticksPerSecond } = readMachine()
    const startedAt = bootedAt + (start() * 1000) / ticksPerSecond
    expect(killed.at(1)).toMatchObject({ command: readStat(process.pid)?.name, signal: "KILL", evidence: "cgroup" })
    expect(Math.abs((killed.at(1)?.startedAt ?? 0) - startedAt)).toBeLessThan(1000)
    expect(freedBytes).toBeGreaterThan(1024 * 1024)
  })

  it("names nobody in a leaf that it could not end", () => {
    const leaf = group("corral-1-a-11", [process.pid])
    mkdirSync(join(leaf, "cgroup.kill"))
    expect(strike()).toBe("the sweep\n")
    expect(existsSync(record)).toBe(false)
  })

  it("goes on to the sweep where there is no leaf, and where it cannot write", () => {
    expect(strike(join(folder, "nothing-"))).toBe("the sweep\n")
    const leaf = group("corral-1-a-11", [process.pid])
    mkdirSync(record)
    expect(strike()).toBe("the sweep\n")
    expect(isEnded(leaf)).toBe(true)
    expect(readStruck(record).size).toBe(0)
    forgetStruck(record)
    expect(existsSync(record)).toBe(true)
  })

  it("ends all of more than it can name", () => {
    const most = group(
      "corral-1-a-11",
      Array.from({ length: 700 }, () => process.pid),
    )
    const last = group("corral-1-a-12", [process.pid])
    strike()
    expect([isEnded(most), isEnded(last)]).toEqual([true, true])
    expect(readFileSync(record, "utf8").split("\n")).toHaveLength(501)
    forgetStruck(record)
    expect(existsSync(record)).toBe(false)
  })
})
