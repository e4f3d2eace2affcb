// What becomes of an ask while the line fails to come up, stands, and breaks.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { makeAsks } from "./asks.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const start = () => {
  const asks = makeAsks()
  const failed: string[] = []
  const sent: unknown[] = []
  const ask = (name: "run" | "stop") =>
    asks.ask({ ask: name, payload: name, answered: () => undefined, failed: (error) => void failed.push(`${name}: ${error.message}`) })
  return { asks, ask, failed, sent, up: () => asks.up((frame) => void sent.push(frame)) }
}

describe("an ask", () => {
  it("that may not be asked twice waits, as it was never sent, while the line fails to come up", () => {
    const { asks, ask, failed, sent, up } = start()
    ask("run")
    asks.down("no socket yet")
    asks.down("no socket yet")
    expect(failed).toEqual([])
    up()
    expect(sent).toEqual([{ id: 1, ask: "run", with: "run" }])
  })

  it("that may not be asked twice is lost when the line breaks on it, as it may have been done", () => {
    const { asks, ask, failed, sent, up } = start()
    up()
    ask("run")
    asks.down("broken")
    expect(failed).toEqual([expect.stringMatching(/^run: .*broken/)])
    up()
    expect(sent).toHaveLength(1)
  })

  it("that may be asked twice is asked again, under the same number", () => {
    const { asks, ask, failed, sent, up } = start()
    up()
    ask("stop")
    asks.down("broken")
    up()
    expect(failed).toEqual([])
    expect(sent).toEqual([
      { id: 1, ask: "stop", with: "stop" },
      { id: 1, ask: "stop", with: "stop" },
    ])
  })
})

describe("an ask that waits for a line", () => {
  it("has the whole of its own patience, however long others have waited before it", () => {
    const { asks, ask, failed, sent, up } = start()
    asks.down("no socket yet")
    ask("run")
    vi.advanceTimersByTime(15_000)
    ask("stop")
    vi.advanceTimersByTime(5_000)
    expect(failed).toEqual(["run: The supervisor did not answer to run for 20000 ms: no socket yet"])
    vi.advanceTimersByTime(14_999)
    expect(failed).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(failed[1]).toBe("stop: The supervisor did not answer to stop for 20000 ms: no socket yet")
    up()
    expect(sent).toEqual([])
  })

  it("begins to lose it when the line breaks, and has it back when the line stands", () => {
    const { asks, ask, failed, up } = start()
    up()
    ask("stop")
    vi.advanceTimersByTime(60_000)
    asks.down("broken")
    vi.advanceTimersByTime(19_000)
    asks.down("no socket yet")
    up()
    vi.advanceTimersByTime(60_000)
    expect(failed).toEqual([])
  })

  it("and is lost at once, as it may have been done, tells how long that really took", () => {
    const { asks, ask, failed, up } = start()
    up()
    ask("run")
    vi.advanceTimersByTime(1_200)
    asks.down("broken")
    expect(failed).toEqual(["run: The supervisor did not answer to run for 1200 ms: broken"])
  })

  it("takes its patience along when it is answered", () => {
    const { asks, ask, failed, up } = start()
    up()
    ask("stop")
    asks.down("broken")
    up()
    asks.answer(1, null)
    expect(vi.getTimerCount()).toBe(0)
    expect(failed).toEqual([])
  })
})
