// A turn that is told once more from its beginning: only what is new comes through.
import { ItemId, RequestId, TurnId } from "@corral/contracts/ids"
import type { Request } from "@corral/contracts/turn"
import { describe, expect, it } from "vitest"
import type { AgentEvent } from "../provider/provider.ts"
import { makeSieve, type Heard } from "./sieve.ts"

const turnId = TurnId.make("trn_1")
const itemId = ItemId.make("g1.a")
const nothing: Heard = { rows: new Map(), closed: new Set(), background: [] }
const entries = (done: number) => ["a", "b"].map((text, at) => ({ text, state: at < done ? ("done" as const) : ("pending" as const) }))
const plan = (done: number): AgentEvent => ({ _tag: "piece", piece: { _tag: "plan", itemId, turnId, entries: entries(done) } })
const request = (id: string): Request => ({
  requestId: RequestId.make(id),
  turnId,
  kind: "command",
  toolName: "Run",
  subject: "ls",
  cwd: "/",
  always: null,
  questions: [],
  openedAt: 1,
})

describe("what was taken over", () => {
  it("lets a plan through from where it stands on record", () => {
    const row = { _tag: "plan", itemId, turnId, at: 1, entries: entries(1) } as const
    const sieve = makeSieve({ ...nothing, rows: new Map([[itemId, row]]) })
    expect([plan(0), plan(1), plan(2), plan(1)].map((event) => sieve(event) !== null)).toEqual([false, false, true, true])
  })

  it("asks no person again what was answered, but what is open", () => {
    const sieve = makeSieve({ ...nothing, closed: new Set([RequestId.make("g1.old")]) })
    expect(sieve({ _tag: "request", request: request("g1.old") })).toBe(null)
    expect(sieve({ _tag: "request", request: request("g1.new") })).not.toBe(null)
  })

  it("is as busy behind the turn as it was, until it says otherwise", () => {
    const task = { taskId: "t", kind: "command", title: "sleep" }
    const sieve = makeSieve({ ...nothing, background: [task] })
    const told = (background: (typeof task)[]) => sieve({ _tag: "background", background }) !== null
    expect([told([]), told([task]), told([])]).toEqual([false, false, true])
  })

  it("ends its turn", () => {
    const ended: AgentEvent = { _tag: "ended", turnId, outcome: "completed", error: null, usage: null }
    expect(makeSieve(nothing)(ended)).toBe(ended)
  })
})
