// A stream is followed until it is let go, whatever the server says meanwhile.
import { StandIn } from "@corral/client/stand-in.test-support"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { againMillis, keepWatching } from "./keep-watching.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const watching = async () => {
  const server = new StandIn()
  const ends: unknown[] = []
  const stop = keepWatching(server.connection, "vitals", { takes: () => ({}), item: () => {}, end: (refusal) => ends.push(refusal) })
  await vi.advanceTimersByTimeAsync(0)
  return { server, ends, stop }
}
const unavailable = { tag: "Unavailable", message: "The supervisor is away." } as const

describe("a stream that is wanted", () => {
  it("is asked for again after the server ended it, and its end is told", async () => {
    const { server, ends } = await watching()
    server.end("vitals", unavailable)
    expect(ends).toEqual([unavailable])
    await vi.advanceTimersByTimeAsync(againMillis - 1)
    expect(server.isWatched("vitals")).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(server.isWatched("vitals")).toBe(true)
  })

  it("is asked for again once the browser, which was turned away, is let in", async () => {
    const { server } = await watching()
    server.turnAway({ tag: "Unauthorized", message: "Sign in first." })
    await vi.advanceTimersByTimeAsync(againMillis)
    server.connection.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(server.connection.state().tag).toBe("open")
    expect(server.isWatched("vitals")).toBe(true)
  })

  it("is not asked for again when there is no such thing", async () => {
    const { server } = await watching()
    server.end("vitals", { tag: "NotFound", message: "There is no thread." })
    await vi.advanceTimersByTimeAsync(10 * againMillis)
    expect(server.asked).toEqual(["watch vitals"])
  })

  it("is not asked for again when it was let go meanwhile", async () => {
    const { server, stop } = await watching()
    server.end("vitals", unavailable)
    stop()
    await vi.advanceTimersByTimeAsync(10 * againMillis)
    expect(server.asked).toEqual(["watch vitals"])
  })
})
