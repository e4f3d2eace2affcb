// The conversation as a terminal tells it.
import { newId } from "@corral/client/ids"
import type { ThreadItem } from "@corral/contracts/rpc"
import type { Thread } from "@corral/contracts/thread"
import type { Piece } from "@corral/contracts/turn"
import { describe, expect, it } from "vitest"
import { endOf } from "./send.ts"
import { Teller } from "./teller.ts"
import { threadIn } from "./thread.test-support.ts"

const turnId = newId("trn")
const other = newId("trn")
const threadId = newId("thr")

describe("telling a turn", () => {
  it("says each character once, live or with the event that brings the whole", () => {
    const { teller, heard } = bed()
    teller.item(live("Hel", 0))
    teller.item(live("lo wo", 3))
    teller.item(recorded(text("Hello world", 0)))
    expect(heard()).toBe("Hello world")
  })

  it("waits for the event where a live piece was lost", () => {
    const { teller, heard } = bed()
    teller.item(live("Hel", 0))
    teller.item(live("world", 6))
    expect(heard()).toBe("Hel")
    teller.item(recorded(text("Hello world", 0)))
    expect(heard()).toBe("Hello world")
  })

  it("breaks the prose for a tool, a request and the end", () => {
    const { teller, heard } = bed()
    teller.item(live("I look.", 0))
    teller.item(
      recorded({ _tag: "tool-started", itemId: item("t1"), turnId, name: "Bash", kind: "command", title: "ls", input: "ls", parent: null }),
    )
    teller.item(recorded({ _tag: "tool-ended", itemId: item("t1"), status: "failed", output: "no" }))
    teller.item(completed)
    expect(heard()).toBe("I look.\n[▸ ls][  failed][completed]")
  })

  it("tells only the turn it is about", () => {
    const { teller, heard } = bed(turnId)
    teller.item(recorded({ ...text("of another", 0), turnId: other }))
    teller.item(recorded(text("of ours", 0)))
    expect(heard()).toBe("of ours")
  })
})

describe("the end of a turn", () => {
  it("is told by its event, not by that of another turn", () => {
    expect(endOf(completed, other)).toBeUndefined()
    expect(endOf(completed, turnId)).toEqual({ outcome: "completed", error: null, usage: null })
  })

  it("is an interruption where the turn was taken out of the queue", () => {
    const item = events({ _tag: "turn.withdrawn", threadId, turnId })
    expect(endOf(item, turnId)).toMatchObject({ outcome: "interrupted" })
  })

  it("is known from a snapshot that comes after it was taken and has it no more", () => {
    expect(endOf(snapshot(8), turnId, 8)).toMatchObject({ outcome: "interrupted", error: expect.stringContaining("the line was broken") })
  })

  it.each([
    ["was taken before the order came", snapshot(7)],
    ["has it running", snapshot(8, { turn: { turnId, text: "go", startedAt: 1, sent: true, interruptAsked: false } })],
    ["has it waiting", snapshot(8, { queue: [{ turnId, text: "go", at: 1 }] })],
  ])("is not known from a snapshot that %s", (_, item) => {
    expect(endOf(item, turnId, 8)).toBeUndefined()
  })
})

const completed = events({ _tag: "turn.completed", threadId, turnId, outcome: "completed", error: null, usage: null })

function item(name: string): Piece["itemId"] {
  const isItem = (id: string): id is Piece["itemId"] => id !== ""
  if (isItem(name)) return name
  throw new Error("a name is due")
}

function text(said: string, offset: number) {
  return { _tag: "text", itemId: item("a"), turnId, offset, text: said, done: true } as const
}

function live(said: string, offset: number): ThreadItem {
  return { _tag: "live", pieces: [{ itemId: item("a"), turnId, kind: "text", offset, text: said }] }
}

function recorded(piece: Piece): ThreadItem {
  return events({ _tag: "turn.recorded", threadId, pieces: [piece] })
}

function events(event: Extract<ThreadItem, { _tag: "events" }>["events"][number]["event"]): ThreadItem {
  return { _tag: "events", seq: 1, events: [{ seq: 1, at: 1, event }] }
}

function snapshot(seq: number, changes: Partial<Thread> = {}): ThreadItem {
  return { _tag: "snapshot", seq, thread: { ...threadIn(threadId, "asleep"), ...changes }, rows: [], more: false, live: [] }
}

function bed(only: typeof turnId | null = null) {
  let said = ""
  const teller = new Teller(
    {
      prose: (text) => (said += text),
      thought: () => undefined,
      line: (text) => (said += `[${text}]`),
      ended: (outcome) => (said += `[${outcome}]`),
      request: () => (said += "[request]"),
    },
    only,
  )
  return { teller, heard: () => said }
}
