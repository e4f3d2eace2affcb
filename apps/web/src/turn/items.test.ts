// What folds and what stays when a turn is over.
import { describe, expect, it } from "vitest"
import type { TurnId } from "@corral/contracts/ids"
import type { Transcript } from "@corral/domain/views/transcript"
import { itemsOf } from "./items.ts"

const isTurnId = (text: string): text is TurnId => text.startsWith("trn_")
const turn = (text: string): TurnId => {
  if (isTurnId(text)) return text
  throw new Error("not a turn id")
}
const none: ReadonlySet<TurnId> = new Set()
const row = (_tag: string, itemId: string, more: object = {}) => ({ _tag, itemId, turnId: "trn_1", at: 1, text: "x", done: true, ...more })
const ended = row("ended", "ended.9", { outcome: "completed", error: null, millis: 134_000 })
const transcriptOf = (...rows: readonly object[]): Transcript => JSON.parse(JSON.stringify(rows.map((one, place) => ({ place, row: one }))))
const keys = (transcript: Transcript, opened = none) => itemsOf(transcript, opened).map((item) => item.key)

describe("items of a transcript", () => {
  const running = [row("user", "trn_1"), row("thinking", "i1"), row("tool", "i2"), row("text", "i3")]

  it("shows every row of a running turn", () => {
    expect(keys(transcriptOf(...running))).toEqual(["trn_1", "i1", "i2", "i3"])
  })

  it("folds the work of a settled turn before its answer", () => {
    expect(keys(transcriptOf(...running, ended))).toEqual(["trn_1", "work.trn_1", "i3"])
  })

  it("unfolds it with the same keys as before", () => {
    expect(keys(transcriptOf(...running, ended), new Set([turn("trn_1")]))).toEqual(["trn_1", "work.trn_1", "i1", "i2", "i3"])
  })

  it("never folds a notice, and never hides a failure", () => {
    const failed = row("ended", "ended.9", { outcome: "failed", error: "no", millis: 1 })
    expect(keys(transcriptOf(...running, row("notice", "n1"), failed))).toEqual(["trn_1", "work.trn_1", "i3", "n1", "ended.9"])
  })

  it("leaves a turn without work as it is", () => {
    expect(keys(transcriptOf(row("user", "trn_1"), row("text", "i3"), ended))).toEqual(["trn_1", "i3"])
  })

  it("keeps what belongs to no turn in its place", () => {
    expect(keys(transcriptOf(...running, ended, { _tag: "stopped", itemId: "stopped.10" }))).toEqual([
      "trn_1",
      "work.trn_1",
      "i3",
      "stopped.10",
    ])
  })
})
