// Figures of the machine are the present, or are said not to be.
import { Refused } from "@corral/client/errors"
import { newId } from "@corral/client/ids"
import { StandIn } from "@corral/client/stand-in.test-support"
import { TreeId } from "@corral/contracts/ids"
import type { Processes } from "@corral/contracts/tree"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { againMillis } from "../link/keep-watching.ts"
import { makeShell } from "../link/shell.ts"
import { makeVitals } from "./vitals.ts"

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal("document", { hidden: false, addEventListener: () => undefined })
  vi.stubGlobal("window", { setTimeout, clearTimeout, requestAnimationFrame: (run: () => void) => setTimeout(run, 16) })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const cannot = { tag: "Unavailable", message: "What runs could not be seen: the supervisor is away." } as const

describe("figures that are watched", () => {
  it("are called old, with the reason, when the server cannot look, and are not kept where they cannot say so", async () => {
    const { server, vitals } = await watched()
    server.tell("vitals", look(1_000))
    expect(vitals.blind.get("blind")).toBeUndefined()
    expect(vitals.threads.get(threadId)).toMatchObject({ processes: 1 })
    server.end("vitals", cannot)
    expect(vitals.blind.get("blind")).toBe(cannot.message)
    expect(vitals.latest.get("latest")?.checkedAt).toBe(1_000)
    expect(vitals.threads.get(threadId)).toBeUndefined()
  })

  it("are asked for again, and are the present again with the next look", async () => {
    const { server, vitals } = await watched()
    server.end("vitals", cannot)
    await vi.advanceTimersByTimeAsync(againMillis)
    expect(server.isWatched("vitals")).toBe(true)
    server.tell("vitals", look(2_000))
    expect(vitals.blind.get("blind")).toBeUndefined()
    expect(vitals.threads.get(threadId)).toMatchObject({ processes: 1 })
  })

  it("are asked for no more when nobody looks at them any longer", async () => {
    const { server, stop } = await watched()
    server.end("vitals", cannot)
    stop()
    await vi.advanceTimersByTimeAsync(10 * againMillis)
    expect(server.isWatched("vitals")).toBe(false)
  })

  it("bear a server that is started again, and are called old when it stays away", async () => {
    const { server, vitals } = await watched()
    server.tell("vitals", look(1_000))
    server.goAway()
    await vi.advanceTimersByTimeAsync(1_000)
    server.comeBack()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(vitals.blind.get("blind")).toBeUndefined()
    server.goAway()
    await vi.advanceTimersByTimeAsync(2_500)
    expect(vitals.blind.get("blind")).toMatch(/line .* lost/)
  })
})

describe("the slow look", () => {
  it("that was refused is called so, and comes again although nothing seems to run", async () => {
    let looks = 0
    const { server, vitals } = await prepared({
      processes: () => {
        looks += 1
        if (looks === 1) throw new Refused(cannot)
        return look(2_000)
      },
    })
    server.tell("shell", { _tag: "snapshot", seq: 1, projects: [], threads: [], active: 0, archived: 0, providers: [] })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(vitals.blind.get("blind")).toBe(cannot.message)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(vitals.blind.get("blind")).toBeUndefined()
    expect(vitals.latest.get("latest")?.checkedAt).toBe(2_000)
  })
})

// What the tests stand on.

const threadId = newId("thr")

const look = (checkedAt: number): Processes => ({
  checkedAt,
  complete: true,
  lookMillis: 4,
  machine: { totalBytes: 100, availableBytes: 50 },
  trees: [
    {
      treeId: TreeId.make("tre_1"),
      provider: "claude",
      sessions: [],
      state: "running",
      rung: null,
      tier: "linux-token",
      rootPid: 7,
      launchedAt: 1,
      bytesIn: 0,
      bytesOut: 0,
      lastOutputAt: null,
      memoryBytes: 30,
      processes: [{ pid: 7, startedAt: 1, ppid: 1, command: "claude", memoryBytes: 30, cpuPercent: 2 }],
      threads: [{ threadId, title: "Fix it", state: "idle", reason: "cooling", endsWhen: "when it was idle for 30 min", endsAt: 2 }],
    },
  ],
  strays: [],
})

const prepared = async (answers: ConstructorParameters<typeof StandIn>[0]) => {
  const server = new StandIn(answers)
  const vitals = makeVitals(server.connection, makeShell(server.connection))
  await vi.advanceTimersByTimeAsync(0)
  return { server, vitals }
}

const watched = async () => {
  const { server, vitals } = await prepared({})
  const stop = vitals.watch()
  await vi.advanceTimersByTimeAsync(0)
  return { server, vitals, stop }
}
