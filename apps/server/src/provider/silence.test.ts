import { TurnId } from "@corral/contracts/ids"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { AgentEvent } from "./provider.ts"
import { Silence } from "./silence.ts"
import { Transcript } from "./transcript.ts"

describe("an agent that says nothing in its turn", () => {
  let told: AgentEvent[]
  let transcript: Transcript
  let silence: Silence
  let ended: number
  const notices = () => told.filter((event) => event._tag === "piece" && event.piece._tag === "notice").length

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] })
    told = []
    ended = 0
    transcript = new Transcript(1, (event) => told.push(event))
    silence = new Silence(transcript, () => (ended += 1))
    transcript.begin(TurnId.make("trn_1"))
    silence.watch()
  })
  afterEach(() => void vi.useRealTimers())

  it("is noticed once after two minutes, and ended once after ten", () => {
    vi.advanceTimersByTime(115_000)
    expect(notices()).toBe(0)
    vi.advanceTimersByTime(60_000)
    expect([notices(), ended]).toEqual([1, 0])
    vi.advanceTimersByTime(3_600_000)
    expect([notices(), ended]).toEqual([1, 1])
  })

  it("is left alone while anything comes", () => {
    for (let minute = 0; minute < 30; minute += 1) {
      vi.advanceTimersByTime(60_000)
      silence.heard()
    }
    expect([notices(), ended]).toEqual([0, 0])
  })

  it("has its whole time again, and its notice, where a person waits on", () => {
    vi.advanceTimersByTime(500_000)
    silence.waitOn()
    vi.advanceTimersByTime(595_000)
    expect([notices(), ended]).toEqual([2, 0])
    vi.advanceTimersByTime(10_000)
    expect(ended).toBe(1)
  })

  it("is left alone while a tool runs", () => {
    transcript.startTool("build", { name: "Bash", kind: "command", title: "make", input: "make", parent: null })
    vi.advanceTimersByTime(3_600_000)
    expect([notices(), ended]).toEqual([0, 0])
  })

  it("is no longer watched when the turn has ended", () => {
    transcript.end({ outcome: "completed", error: null, usage: null })
    vi.advanceTimersByTime(10_000)
    expect(vi.getTimerCount()).toBe(0)
  })
})
