import { ClientCommand, HandCommand } from "@corral/contracts/command"
import { Stored } from "@corral/contracts/event"
import { Intent } from "@corral/contracts/intent"
import { maxQueuedTurns } from "@corral/contracts/limits"
import { Thread } from "@corral/contracts/thread"
import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import { type Step, tell } from "../test/random-story.ts"
import { otherId, threadId } from "../test/story.ts"

const seeds = Array.from({ length: 80 }, (_, i) => i + 1)

describe("whatever is asked in whatever order", () => {
  it.each(seeds)("the threads stay sound (seed %i)", (seed) => {
    tell(seed, (step) => {
      for (const thread of [step.after.thread(threadId), step.after.thread(otherId)]) {
        if (thread === undefined) continue
        expectSoundTurns(thread, step)
        expectSoundRuntime(thread)
        expectSoundChange(thread, step)
      }
    })
  })

  it("every event, intent and state can be written down and read again", () => {
    const [readEvent, readIntent, readThread] = [Stored, Intent, Thread].map(
      (schema) => (value: unknown) => Schema.decodeUnknownSync(schema)(JSON.parse(JSON.stringify(value))),
    )
    for (const seed of seeds.slice(0, 15)) {
      tell(seed, ({ after, events, intents }) => {
        for (const event of events) expect(readEvent?.({ seq: 1, at: 1, event })).toEqual({ seq: 1, at: 1, event })
        for (const intent of intents) expect(readIntent?.(intent)).toEqual(intent)
        expect(readThread?.(after.it())).toEqual(after.it())
      })
    }
  })

  it("every refusal is a sentence", () => {
    for (const seed of seeds)
      tell(
        seed,
        () => {},
        (message) => expect(message).toMatch(/^\S.{15,}[.]$/s),
      )
  })

  it("the stories accept every command that there is", () => {
    const accepted = new Set<string>()
    for (const seed of seeds) tell(seed, ({ command }) => accepted.add(command._tag))
    const all = [...ClientCommand.members, ...HandCommand.members].map((command) => command.fields._tag.schema.literal)
    expect(all.filter((tag) => !accepted.has(tag))).toEqual([])
  })
})

const expectSoundTurns = (thread: Thread, { before, intents }: Step) => {
  const { turn, queue, queueHeld, requests, runtime } = thread
  // A queue without a turn is held, and no other.
  expect(queueHeld).toBe(turn === null && queue.length > 0)
  expect(queue.length).toBeLessThanOrEqual(maxQueuedTurns)
  const turns = [...queue, ...(turn === null ? [] : [turn])].map(({ turnId }) => turnId)
  expect(new Set(turns).size).toBe(turns.length)
  // What waits for an agent is on its way to one.
  if (turn !== null && before.thread(thread.threadId)?.turn?.turnId !== turn.turnId)
    expect(intents).toContainEqual({ _tag: "turn.start", threadId: thread.threadId, turnId: turn.turnId })
  // What nobody can answer is not asked.
  if (runtime.state === "asleep" || runtime.state === "stuck") expect(requests).toEqual([])
}

const expectSoundRuntime = ({ status, turn, runtime }: Thread) => {
  // Awake means that there is a tree; a thread that has none sleeps, or waits to be woken for a turn.
  if (runtime.state === "idle" || runtime.state === "busy") expect(runtime.treeId).not.toBeNull()
  if (runtime.state === "asleep") expect(runtime.treeId).toBeNull()
  if (runtime.state === "waking" && runtime.treeId === null) expect(turn).not.toBeNull()
  if (runtime.state === "busy") expect(turn).not.toBeNull()
  // Nothing is awake for a thread that was put away: it is stopping, or could not be stopped.
  if (status !== "active") expect(["asleep", "stopping", "stuck"]).toContain(runtime.state)
}

const expectSoundChange = (thread: Thread, { before, intents }: Step) => {
  const { status, runtime } = thread
  const was = before.thread(thread.threadId)
  // Putting a thread away asks for a stop, always.
  if (status !== "active" && was?.status === "active")
    expect(intents).toContainEqual(expect.objectContaining({ _tag: "runtime.stop", threadId: thread.threadId }))
  // One process at most: a generation begins only where there was none.
  if (runtime.generation > (was?.runtime.generation ?? 0)) expect(["asleep", "waking"]).toContain(was?.runtime.state)
}
