// How many may be awake and how much one may hold: who is over waits in line, or is stopped, and can always be seen and let go on.
import { describe, expect } from "vitest"
import { practice, rootsOf } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { certificateOf, converse, createThread, order, rowsOf, send, sightNow, sightWhen, threadNow, threadWhen } from "../stories/talk.ts"

/** Holds 400 MB for a quarter of an hour, and says when it has it. */
const heavy = `run perl -e '$| = 1; my $held = "x" x (400 << 20); print "held"; sleep 900'`
const limitBytes = 300 * 2 ** 20

describe("with room for one session", () => {
  const env = { CORRAL_MOST_AWAKE: "1" }

  story("an idle one sleeps for the next that is to wake, and says what else ended with it", async ({ scene }) => {
    const { client, projectId, threadId } = await open(scene, practice, env)
    const second = await createThread(client, projectId, practice.config)
    await converse(client, threadId, "daemon")
    const since = Date.now()
    expect(await converse(client, second, "say hello")).toContain("hello")
    expect(await certificateOf(client, threadId, since)).toMatchObject({ outcome: "gone", left: 0, reason: "room" })
    const stopped = (await rowsOf(client, threadId)).find((row) => row._tag === "stopped")
    expect(stopped).toMatchObject({ reason: "room", ended: ["/bin/sleep 900"] })
    expect(rootsOf(scene, practice)).toHaveLength(1)
  })

  story("one at work is left alone: the next waits in line, is seen there, and starts when there is room", async ({ scene }) => {
    const { client, projectId, threadId } = await open(scene, practice, env)
    const [second, third] = [await createThread(client, projectId, practice.config), await createThread(client, projectId, practice.config)]
    const turnId = await send(client, threadId, practice.silently)
    await threadWhen(client, threadId, { what: "the turn", fits: ({ turn }) => turn?.sent === true })
    await send(client, second, "say second")
    const place = await sightWhen(client, second, ({ admission }) => admission)
    expect(place).toMatchObject({ place: 1, of: 1, why: "cap", now: 1, limit: 1 })
    const withdrawn = await send(client, third, "say third")
    expect(await sightWhen(client, third, ({ admission }) => admission)).toMatchObject({ place: 2, of: 2 })
    const { waiting } = await client.call("processes", { threadId: null })
    expect(waiting?.map((thread) => thread.threadId)).toEqual([second, third])
    expect((await client.call("status", {})).waiting).toBe(2)
    expect(rootsOf(scene, practice)).toHaveLength(1)

    await order(client, { _tag: "turn.interrupt", threadId: third, turnId: withdrawn })
    expect(await threadNow(client, third)).toMatchObject({ turn: null, runtime: { state: "asleep" } })
    await order(client, { _tag: "turn.interrupt", threadId, turnId })
    await threadWhen(client, second, { what: "the second turn", fits: ({ lastOutcome }) => lastOutcome === "completed" })
    expect((await threadNow(client, threadId)).runtime.lastStop?.reason).toBe("room")
    expect((await threadNow(client, third)).runtime.generation).toBe(0)
  })

  story("one that waits starts at once where a person wants it", async ({ scene }) => {
    const { client, projectId, threadId } = await open(scene, practice, env)
    const second = await createThread(client, projectId, practice.config)
    await send(client, threadId, practice.silently)
    await threadWhen(client, threadId, { what: "the turn", fits: ({ turn }) => turn?.sent === true })
    await send(client, second, "say hello")
    await sightWhen(client, second, ({ admission }) => admission)
    await client.call("admit", { threadId: second })
    await threadWhen(client, second, { what: "the second turn", fits: ({ lastOutcome }) => lastOutcome === "completed" })
    expect((await threadNow(client, threadId)).turn).not.toBe(null)
    expect(await sightNow(client, second)).not.toHaveProperty("admission")
  })

  story("what waited when the server was lost waits again under the next one", async ({ scene }) => {
    const held = { ...env, CORRAL_HOLD_MILLIS: "20000" }
    const { client, corral, projectId, threadId } = await open(scene, practice, held)
    const second = await createThread(client, projectId, practice.config)
    await send(client, threadId, practice.silently)
    await threadWhen(client, threadId, { what: "the turn", fits: ({ turn }) => turn?.sent === true })
    await send(client, second, "say hello")
    await sightWhen(client, second, ({ admission }) => admission)
    corral.signal("SIGKILL")
    await corral.exited
    const next = await scene.start(held)
    expect(await sightWhen(next.client, second, ({ admission }) => admission)).toMatchObject({ why: "cap", now: 1 })
    expect(rootsOf(scene, practice)).toHaveLength(1)
    await order(next.client, { _tag: "runtime.stop", threadId })
    await threadWhen(next.client, second, { what: "the second turn", fits: ({ lastOutcome }) => lastOutcome === "completed" })
  })
})

describe("a session over its memory limit", () => {
  const env = { CORRAL_MEMORY_LIMIT: String(limitBytes) }

  story("is stopped with a certificate where nobody is there to be asked, and its turn fails with the reason", async ({ scene }) => {
    const { client, threadId } = await open(scene, practice, env)
    const since = Date.now()
    await send(client, threadId, heavy)
    const ended = await threadWhen(client, threadId, {
      what: "the end",
      fits: ({ turn, runtime }) => turn === null && runtime.state === "asleep",
    })
    expect(ended).toMatchObject({ lastOutcome: "failed", lastError: expect.stringContaining("held more memory than a session may") })
    const certificate = await certificateOf(client, threadId, since)
    expect(certificate).toMatchObject({ outcome: "gone", left: 0, reason: "memory-limit" })
    expect(certificate.freedBytes).toBeGreaterThan(limitBytes)
    await scene.quiet(0)
  })

  story("is left alone while a person who watches has not answered, and for good once they let it go on", async ({ scene }) => {
    const { client, threadId } = await open(scene, practice, env)
    const watch = client.watch("shell", () => ({}), { item: () => undefined })
    await send(client, threadId, heavy)
    const asked = await sightWhen(client, threadId, ({ heavy: seen }) => (seen?.endsAt == null ? undefined : seen))
    expect(asked.bytes).toBeGreaterThan(limitBytes)
    await client.call("waitOn", { threadId })
    expect(await sightNow(client, threadId)).toMatchObject({ heavy: { endsAt: null } })
    expect((await threadNow(client, threadId)).turn).not.toBe(null)
    watch()
  })
})
