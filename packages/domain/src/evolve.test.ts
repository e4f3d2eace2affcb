import { readdirSync, readFileSync } from "node:fs"
import { Event, type Stored, type ThreadEvent } from "@corral/contracts/event"
import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import { added, asleep, created, given, projectId } from "../test/story.ts"
import { evolveProject, evolveThread } from "./evolve.ts"
import { foldRows, type Transcript } from "./views/transcript.ts"

const folder = new URL("../../contracts/fixtures/events/", import.meta.url)
const read = (name: string) => Schema.decodeUnknownSync(Event)(JSON.parse(readFileSync(new URL(name, folder), "utf8")))
const fixtures = readdirSync(folder).map((name): readonly [string, Event] => [name, read(name)])
const isThreadEvent = (event: Event): event is ThreadEvent => "threadId" in event

describe("every event that was ever written", () => {
  it("has a fixture: a new type needs one, an old one never goes", () => {
    const types = Event.members.map((event) => event.fields._tag.schema.literal)
    expect(new Set(fixtures.map(([, event]) => event._tag))).toEqual(new Set(types))
  })

  it.each(fixtures)("can be read and written again as it was: %s", (name, event) => {
    expect(Schema.encodeUnknownSync(Event)(event)).toEqual(JSON.parse(readFileSync(new URL(name, folder), "utf8")))
  })

  it.each(fixtures)("can be folded into a transcript: %s", (_, event) => {
    const stored: Stored = { seq: 1, at: 1, event }
    expect(() => [foldRows([], stored)].map((rows: Transcript) => foldRows(rows, { ...stored, seq: 2 }))).not.toThrow()
  })

  it.each(fixtures)("can be folded into a state, whether its subject is there or not: %s", (_, event) => {
    if (!isThreadEvent(event)) {
      expect(evolveProject(given(added).project(projectId), event, 9)?.projectId).not.toBe("")
      expect(evolveProject(undefined, event, 9) === undefined).toBe(event._tag !== "project.added")
      return
    }
    expect(evolveThread(given(...asleep).it(), event, 9)?.threadId).toBeDefined()
    expect(evolveThread(undefined, event, 9) === undefined).toBe(event._tag !== "thread.created")
  })
})

describe("a project", () => {
  it("that is removed is gone", () => {
    expect(evolveProject(given(added).project(projectId), { _tag: "project.removed", projectId }, 9)).toBeUndefined()
  })
})

describe("a thread", () => {
  it("has all of its life from the log", () => {
    expect(given(added, created).it()).toEqual(evolveThread(undefined, created, 2000))
  })
})
