// What the environment may say, and how a server answers to nonsense.
import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { readSettings } from "./settings.ts"

const read = (env: Record<string, string>) => Result.getOrThrow(readSettings(env))
const refused = (env: Record<string, string>) => {
  const result = readSettings(env)
  if (Result.isSuccess(result)) throw new Error("it was taken")
  return result.failure
}

describe("the settings", () => {
  it("have defaults, also where a variable is there but empty", () => {
    const defaults = {
      port: 4150,
      host: "127.0.0.1",
      idleMillis: 1_800_000,
      holdMillis: 30_000,
      memoryFloorPercent: 10,
      stallMillis: 600_000,
      tier: "token",
      mostAwake: 0,
      memoryLimitBytes: 0,
    }
    expect(read({})).toMatchObject(defaults)
    expect(read({ CORRAL_PORT: "", CORRAL_HOME: "", CORRAL_HOST: "" })).toEqual(read({}))
  })

  it.each(["x", "-1", "1.5", "65536"])("refuse the port %s by name, with what would do", (port) => {
    expect(refused({ CORRAL_PORT: port })).toEqual({ message: `CORRAL_PORT is “${port}”.`, next: "Give a whole number from 0 to 65535." })
  })

  it("know each tier by its name, also by the one on certificates", () => {
    expect(read({ CORRAL_TIER: "sealed" }).tier).toBe("sealed")
    expect(read({ CORRAL_TIER: "linux-cgroup" }).tier).toBe("cgroup")
  })

  it("refuse a tier that there is not, with those that there are", () => {
    expect(refused({ CORRAL_TIER: "seald" })).toEqual({
      message: "CORRAL_TIER is “seald”.",
      next: "Give one of token, sealed, cgroup, auto, plain, ps.",
    })
  })

  it("refuse a home in which no socket could have its name", () => {
    expect(refused({ CORRAL_HOME: `/tmp/${"x".repeat(100)}` })).toMatchObject({
      message: expect.stringMatching(/^CORRAL_HOME is too long/),
    })
  })
})
