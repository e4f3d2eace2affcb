// What becomes of an ask while the line fails to come up, stands, and breaks.
import { describe, expect, it } from "vitest"
import { makeAsks } from "./asks.ts"

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
