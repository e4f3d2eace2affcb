import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { takeLock, type Holder, type Lock } from "./lock.ts"

const holder = (pid: number, role: Holder["role"] = "supervisor"): Holder => ({ pid, start: pid * 10, boot: "boot", role })

describe("the lock of a home", () => {
  let folder = ""
  let path = ""
  const living = new Set<number>()
  const take = (self: Holder): Promise<Lock | Holder> => takeLock(path, self, ({ pid }) => living.has(pid))

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "crl-"))
    path = join(folder, "lock")
    living.clear()
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it("names its holder to whoever comes second", async () => {
    living.add(1)
    expect(await take(holder(1))).toHaveProperty("release")
    expect(await take(holder(2))).toEqual(holder(1))
  })

  it("is taken over from a holder that is gone, and leaves no other file behind", async () => {
    await take(holder(1))
    living.add(2)
    expect(await take(holder(2))).toHaveProperty("release")
    expect(await take(holder(3))).toEqual(holder(2))
    expect(readdirSync(folder)).toEqual(["lock"])
  })

  it("is taken over when the one that took it over died in the middle of it", async () => {
    writeFileSync(path, JSON.stringify(holder(1)))
    writeFileSync(`${path}.1-10`, JSON.stringify(holder(2)))
    living.add(3)
    expect(await take(holder(3))).toHaveProperty("release")
    expect(await take(holder(4))).toEqual(holder(3))
  })

  it("is not taken from one that is just taking it over", async () => {
    writeFileSync(path, JSON.stringify(holder(1)))
    writeFileSync(`${path}.1-10`, JSON.stringify(holder(2)))
    living.add(2)
    expect(await take(holder(3))).toEqual(holder(2))
  })

  it("is taken over from a file that says nothing", async () => {
    writeFileSync(path, "{")
    expect(await take(holder(1))).toHaveProperty("release")
  })

  it("waits for a sweep, which ends by itself", async () => {
    living.add(1)
    const sweep = await take(holder(1, "sweep"))
    const taking = take(holder(2))
    setImmediate(() => "release" in sweep && sweep.release())
    expect(await taking).toHaveProperty("release")
  })

  it("is given back only by its holder", async () => {
    const first = await take(holder(1))
    living.add(2)
    const second = await take(holder(2))
    if ("release" in first) first.release()
    expect(existsSync(path)).toBe(true)
    if ("release" in second) second.release()
    expect(existsSync(path)).toBe(false)
  })
})
