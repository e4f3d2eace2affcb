import type { Event, Stored } from "@corral/contracts/event"
import type { Piece, Row } from "@corral/contracts/turn"
import { describe, expect, it } from "vitest"
import { archived, created, ended, item, queued, sent, started, stopped, threadId, turnIds } from "../../test/story.ts"
import { foldRows, type Transcript } from "./transcript.ts"

const { first, second } = turnIds
const stored = (seq: number, event: Event): Stored => ({ seq, at: seq * 100, event })
const fold = (...events: readonly Event[]): Transcript =>
  events.reduce<Transcript>((rows, event, i) => foldRows(rows, stored(i + 1, event)), [])
const recorded = (...pieces: readonly Piece[]): Event => ({ _tag: "turn.recorded", threadId, pieces })
const piece = { _tag: "text", itemId: item("a"), turnId: first, offset: 0, text: "Hi", done: false } satisfies Piece
const text = (offset: number, words: string) => ({ ...piece, offset, text: words })
const whole: Piece = { ...piece, done: true }
const tool = (name: string, title = "npm test"): Piece => ({
  _tag: "tool-started",
  itemId: item(name),
  turnId: first,
  name: "Bash",
  kind: "command",
  input: "npm test",
  parent: null,
  title,
})
const toolEnd = (name: string, output = "ok"): Piece => ({ _tag: "tool-ended", itemId: item(name), status: "done", output })
const rowsOf = (transcript: Transcript): readonly Row[] => transcript.map(({ row }) => row)
const withTags = (transcript: Transcript) => transcript.map(({ place, row }) => `${place} ${row._tag}`)

describe("a person's row", () => {
  it("comes with the turn and is called as it", () => {
    expect(fold(started(first, "Hello"))).toEqual([
      { place: 1, row: { _tag: "user", itemId: first, turnId: first, at: 100, text: "Hello" } },
    ])
  })

  it("of a queued turn keeps its text and moves to where the turn starts", () => {
    const transcript = fold(started(first), queued(second, "And then?"), recorded(whole), started(second, ""))
    expect(withTags(transcript)).toEqual(["1 user", "3 text", "4 user"])
    expect(transcript[2]?.row).toMatchObject({ turnId: second, text: "And then?", at: 400 })
  })

  it("of a withdrawn turn goes", () => {
    expect(fold(started(first), queued(second), { _tag: "turn.withdrawn", threadId, turnId: second })).toHaveLength(1)
  })
})

describe("an agent's row", () => {
  it("grows by its pieces at one place", () => {
    const transcript = fold(started(first), recorded(text(0, "Hel")), recorded({ ...text(3, "lo"), done: true }))
    expect(transcript[1]).toEqual({
      place: 2,
      row: { _tag: "text", itemId: "a", turnId: first, at: 200, text: "Hello", done: true },
    })
  })

  it("told again from an offset is not doubled", () => {
    const transcript = fold(recorded(text(0, "Hello")), recorded({ ...text(3, "lo, you"), done: true }))
    expect(transcript[0]?.row).toMatchObject({ text: "Hello, you" })
  })

  it("shares the place of its event with the rows beside it, in their order", () => {
    expect(withTags(fold(recorded(piece, tool("t"), { ...piece, itemId: item("b") })))).toEqual(["1 text", "1 tool", "1 text"])
  })

  it("of a tool has input, output and both times", () => {
    expect(rowsOf(fold(recorded(tool("t")), recorded(toolEnd("t"))))).toEqual([
      {
        _tag: "tool",
        itemId: "t",
        turnId: first,
        at: 100,
        name: "Bash",
        kind: "command",
        title: "npm test",
        input: "npm test",
        parent: null,
        status: "done",
        output: "ok",
        cutChars: null,
        endedAt: 200,
      },
    ])
  })

  it("of a tool that is told again is told better, not begun again", () => {
    const transcript = fold(
      recorded(tool("t", "npm")),
      recorded(tool("t", "npm test --all")),
      recorded(toolEnd("t")),
      recorded(tool("t", "npm t")),
    )
    expect(rowsOf(transcript)).toMatchObject([{ title: "npm t", status: "done", output: "ok", at: 100 }])
  })

  it("of a tool ends once", () => {
    expect(rowsOf(fold(recorded(tool("t")), recorded(toolEnd("t"), toolEnd("t", "late"))))).toMatchObject([{ output: "ok" }])
  })

  it("of a tool that was never started is not made by its end", () => {
    expect(fold(recorded(toolEnd("t")))).toEqual([])
  })

  it("of a plan is replaced by the next with its id", () => {
    const plan = (state: "pending" | "done"): Piece => ({
      _tag: "plan",
      itemId: item("p"),
      turnId: first,
      entries: [
        {
          text: "Look",
          state,
        },
      ],
    })
    expect(rowsOf(fold(recorded(plan("pending")), recorded(plan("done"))))).toMatchObject([{ at: 100, entries: [{ state: "done" }] }])
  })

  it("of a notice says what happened", () => {
    const notice: Piece = { _tag: "notice", itemId: item("n"), turnId: null, level: "warning", text: "Retrying", detail: null }
    expect(rowsOf(fold(recorded(notice)))).toEqual([{ ...notice, at: 100 }])
  })
})

describe("the end of a turn", () => {
  it("is a row with its outcome and how long it took", () => {
    expect(fold(started(first), ended(first, "failed", "No credit."))[1]).toEqual({
      place: 2,
      row: { _tag: "ended", itemId: "ended.2", turnId: first, at: 200, outcome: "failed", error: "No credit.", millis: 100 },
    })
  })

  it("closes what its turn left open: text is whole, a tool without an end is lost", () => {
    const transcript = fold(started(first), recorded(piece, tool("t")), ended(first, "interrupted"))
    expect(rowsOf(transcript)).toMatchObject([{}, { done: true }, { status: "lost", endedAt: 300 }, {}])
  })

  it("leaves what another turn has open", () => {
    const transcript = fold(started(first), recorded(piece), ended(second, "completed"))
    expect(transcript[1]?.row).toMatchObject({ done: false })
  })

  it("that the agent began by itself makes no row", () => {
    const end: Event = { _tag: "turn.completed", threadId, turnId: null, outcome: "completed", error: null, usage: null }
    expect(fold(started(first), end)).toHaveLength(1)
  })

  it("is corrected by a tool that ends after it", () => {
    const transcript = fold(started(first), recorded(tool("t")), ended(first, "completed"), recorded(toolEnd("t")))
    expect(transcript[1]?.row).toMatchObject({ status: "done", output: "ok", endedAt: 400 })
  })
})

describe("the end of a runtime", () => {
  it("leaves the certificate's mark", () => {
    expect(fold(stopped("archive"))).toEqual([
      {
        place: 1,
        row: {
          _tag: "stopped",
          itemId: "stopped.1",
          at: 100,
          reason: "archive",
          certificateId: "crt_1",
          freedBytes: 300,
          left: 0,
          outcome: "gone",
        },
      },
    ])
  })

  it.each([
    ["stopped", stopped("exited")],
    ["failed", { _tag: "runtime.failed", threadId, generation: 1, error: "Gone." } as const],
  ])("that %s closes everything", (_, event) => {
    const open: Piece = {
      _tag: "thinking",
      itemId: item("b"),
      turnId: null,
      offset: 0,
      text: "Hm",
      done: false,
    }
    const transcript = fold(recorded(piece, tool("t"), open), event)
    expect(rowsOf(transcript).slice(0, 3)).toMatchObject([{ done: true }, { status: "lost" }, { done: true }])
    expect(transcript.filter(({ row }) => row._tag === "stopped")).toHaveLength(event._tag === "runtime.stopped" ? 1 : 0)
  })
})

describe("folding", () => {
  it("gives the same transcript for what is no row", () => {
    const transcript = fold(started(first))
    for (const event of [created, archived, sent(first)]) expect(foldRows(transcript, stored(9, event))).toBe(transcript)
    expect(foldRows(transcript, stored(9, { _tag: "turn.withdrawn", threadId, turnId: second }))).toBe(transcript)
    expect(foldRows(transcript, stored(9, recorded(toolEnd("t"))))).toBe(transcript)
  })

  it("gives new references only for rows that changed", () => {
    const before = fold(started(first), recorded(whole, tool("t")))
    const after = foldRows(before, stored(9, recorded(toolEnd("t"))))
    expect(after.map((placed, i) => placed === before[i])).toEqual([true, true, false])
  })

  it("never changes what it was given", () => {
    const before = fold(started(first), recorded(piece, tool("t")))
    const copy = structuredClone(before)
    foldRows(before, stored(9, ended(first, "completed")))
    expect(before).toEqual(copy)
  })
})
