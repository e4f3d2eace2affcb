// A thread that nobody needs sleeps; one with a turn, a question or background work does not; the next message wakes it.
import type { Connection } from "@corral/client/connect"
import type { ThreadId } from "@corral/contracts/ids"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { describe, expect } from "vitest"
import { kinds, rootsOf } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { certificateOf, converse, createThread, order, send, sightWhen, threadNow, threadWhen } from "../stories/talk.ts"

const idleMillis = 1_500
const env = { CORRAL_IDLE_MILLIS: String(idleMillis) }

describe.each(kinds)("an idle thread of $name", (kind) => {
  story("sleeps when its time is over, with its reason and certificate, and wakes with its memory", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind, env)
    await converse(client, threadId, "say the first thing")
    const since = Date.now()
    expect(rootsOf(scene, kind)).toHaveLength(1)
    await threadWhen(client, threadId, { what: "sleep", fits: ({ runtime }) => runtime.state === "asleep" })
    expect(await certificateOf(client, threadId, since)).toMatchObject({ outcome: "gone", left: 0, reason: "idle" })
    await scene.quiet(0)
    await kind.remembers(scene, client, { threadId, said: "the first thing" })
    expect(rootsOf(scene, kind)).toHaveLength(1)
  })

  story("does not sleep while a turn runs, however long it takes", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind, env)
    await send(client, threadId, `slow ${(4 * idleMillis) / 200} 200\nsay the end`)
    const states = new Set<string>()
    const ended = await threadWhen(client, threadId, {
      what: "the end of the turn",
      fits: (thread) => {
        if (thread.turn?.sent === true) states.add(thread.runtime.state)
        return thread.turn === null
      },
    })
    expect([...states]).toEqual(["busy"])
    expect(ended).toMatchObject({ lastOutcome: "completed", runtime: { generation: 1 } })
  })

  story("does not sleep while background work goes on", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind, env)
    const worked = join(scene.project, "worked")
    const work = `perl -e 'sleep ${Math.ceil((3 * idleMillis) / 1_000)}; open F, ">${worked}"'`
    await send(client, threadId, kind.name === "claude" ? `bg: ${work}\nsay started` : `background ${work}\nsay started`)
    await threadWhen(client, threadId, { what: "the work", fits: ({ runtime }) => runtime.background.length === 1 })
    await threadWhen(client, threadId, { what: "sleep", fits: ({ runtime }) => runtime.state === "asleep" })
    expect(existsSync(worked)).toBe(true)
    expect((await threadNow(client, threadId)).runtime).toMatchObject({ generation: 1, lastStop: { reason: "idle" } })
  })
})

describe.each(kinds)("when memory is short, a thread of $name", (kind) => {
  /** So that any machine is short of it. */
  const short = { CORRAL_MEMORY_FLOOR: "100" }
  /** Somebody is awake, so nobody else is let in unless a person says so. */
  const admitted = async (client: Connection, threadId: ThreadId) => {
    const { why, limit } = await sightWhen(client, threadId, ({ admission }) => admission)
    expect([why, limit]).toEqual(["memory", 100])
    await client.call("admit", { threadId })
  }

  story("that is idle sleeps long before its time; what works or is kept stays", async ({ scene }) => {
    const { client, projectId, threadId } = await open(scene, kind, short)
    const [kept, busy] = [await createThread(client, projectId, kind.config), await createThread(client, projectId, kind.config)]
    await send(client, busy, kind.silently)
    await threadWhen(client, busy, { what: "the turn", fits: ({ turn }) => turn?.sent === true })
    await order(client, { _tag: "runtime.wake", threadId: kept })
    await admitted(client, kept)
    // From the launch on: once it is idle it may be the next to sleep.
    await threadWhen(client, kept, { what: "a launch", fits: ({ runtime }) => runtime.treeId !== null })
    await order(client, { _tag: "runtime.keep", threadId: kept, until: 0 })
    await threadWhen(client, kept, { what: "the thread to keep", fits: ({ runtime }) => runtime.state === "idle" })
    const since = Date.now()
    await send(client, threadId, "say the first thing")
    await admitted(client, threadId)
    await threadWhen(client, threadId, {
      what: "sleep",
      fits: ({ turn, runtime }) => turn === null && runtime.state === "asleep",
    })
    expect(await certificateOf(client, threadId, since)).toMatchObject({ outcome: "gone", left: 0, reason: "memory" })
    expect((await threadNow(client, kept)).runtime.state).toBe("idle")
    expect((await threadNow(client, busy)).turn).not.toBe(null)
    expect(rootsOf(scene, kind)).toHaveLength(2)
  })
})
