// An opened thread as it is told: snapshot, events, text on its way.
import { newId } from "@corral/client/ids"
import { StandIn } from "@corral/client/stand-in.test-support"
import { ItemId, ProviderId } from "@corral/contracts/ids"
import { pageRows } from "@corral/contracts/limits"
import type { Thread } from "@corral/contracts/thread"
import type { Row } from "@corral/contracts/turn"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { againMillis } from "../link/keep-watching.ts"
import { Body } from "./body.ts"

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal("document", { hidden: true })
  vi.stubGlobal("window", { setTimeout })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe("text on its way", () => {
  it.each([0, 1, pageRows, 3 * pageRows])("is shown in a row with %i rows after it", async (after) => {
    const { server, body } = await opened([open("old"), ...Array.from({ length: after }, (_, n) => whole(`row-${n}`))])
    server.tell("thread", { _tag: "live", pieces: [{ itemId: ItemId.make("old"), turnId, kind: "text", offset: 6, text: " more" }] })
    expect(body.rows.get(ItemId.make("old"))).toMatchObject({ text: "so far more" })
  })

  it("is shown though its row is one of many that move at once", async () => {
    const { server, body } = await opened([open("one"), open("two"), whole("three")])
    const pieces = ["one", "two"].map((name) => ({ itemId: ItemId.make(name), turnId, kind: "text" as const, offset: 6, text: name }))
    server.tell("thread", { _tag: "live", pieces })
    expect(["one", "two", "three"].map((name) => body.rows.get(ItemId.make(name)))).toMatchObject([
      { text: "so farone" },
      { text: "so fartwo" },
      { text: "so far" },
    ])
  })
})

describe("a thread whose stream the server ended", () => {
  it("is followed again after a while", async () => {
    const { server } = await opened([whole("one")])
    server.end("thread", { tag: "Defect", message: "The server made a mistake." })
    await vi.advanceTimersByTimeAsync(againMillis)
    expect(server.isWatched("thread")).toBe(true)
  })

  it("is gone for good where there is no such thread", async () => {
    const { server, body } = await opened([whole("one")])
    server.end("thread", { tag: "NotFound", message: "There is no thread." })
    await vi.advanceTimersByTimeAsync(againMillis)
    expect(body.view.get("view")?.state).toBe("gone")
    expect(server.isWatched("thread")).toBe(false)
  })
})

// What the tests stand on.

const turnId = newId("trn")
const text = (name: string, done: boolean): Row => ({ _tag: "text", itemId: ItemId.make(name), turnId, at: 1, text: "so far", done })
const open = (name: string): Row => text(name, false)
const whole = (name: string): Row => text(name, true)

const thread: Thread = {
  threadId: newId("thr"),
  projectId: newId("prj"),
  title: "Fix it",
  status: "active",
  config: { provider: ProviderId.make("claude"), model: null, effort: null, mode: "ask" },
  createdAt: 1,
  touchedAt: 1,
  turn: null,
  queue: [],
  queueHeld: false,
  requests: [],
  runtime: {
    state: "busy",
    generation: 1,
    treeId: null,
    tier: null,
    since: 1,
    keptUntil: null,
    background: [],
    stopping: null,
    cursor: null,
    lastStop: null,
  },
  lastOutcome: null,
  lastError: null,
  usage: null,
  turns: 1,
}

const opened = async (rows: readonly Row[]) => {
  const server = new StandIn()
  const body = new Body(server.connection, thread.threadId)
  body.watch()
  await vi.advanceTimersByTimeAsync(0)
  server.tell("thread", { _tag: "snapshot", seq: 1, thread, rows: rows.map((row, place) => ({ place, row })), more: false, live: [] })
  return { server, body }
}
