// Killed with SIGKILL: the server (held for its time, or not at all), the supervisor, and both. Nothing outlives it; nothing else is harmed.
import { describe, expect } from "vitest"
import { isAlive, readProcess } from "../agents/machine.ts"
import { until } from "../agents/deadline.ts"
import { kinds, rootsOf, type Kind } from "../stories/kinds.ts"
import { holdMillis, type Scene } from "../stories/scene.ts"
import { open, story } from "../stories/story.ts"
import { certificateOf, converse, createThread, rowsOf, send, threadWhen } from "../stories/talk.ts"

/** Promised is 1 s; a machine with other work gets more. */
const guardMillis = 10_000
/** After the hold comes the polite ladder, and in mid turn Claude does not leave on EOF. */
const ladderMillis = 15_000
/** A timer may fire so much before the clock on the wall says so. */
const clockMillis = 50

const settle = async (scene: Scene, kind: Kind, env: Readonly<Record<string, string>> = {}) => {
  const opening = await open(scene, kind, env)
  const { client, projectId, threadId } = opening
  await converse(client, threadId, kind.leaving(scene, ["daemon", "daemon-without-environment", "deaf-to-term", "own-session"]))
  const busy = await createThread(client, projectId, kind.config)
  await send(client, busy, kind.slowly)
  await threadWhen(client, busy, { what: "a running turn", fits: (thread) => thread.turn?.sent === true })
  expect(rootsOf(scene, kind)).toHaveLength(2)
  // A daemon on its way is between two pids for a moment.
  const isGrown = () => scene.running().length >= 6 || undefined
  await until(isGrown, { what: "two agents and four they left behind", withinMillis: guardMillis })
  return { ...opening, busy, supervisorPid: await opening.corral.supervisorPid() }
}

describe.each(kinds)("kill -9 with agents of $name", (kind) => {
  story("of the server: all is held for the hold time, then stopped, and the next server knows", async ({ scene }) => {
    const { corral, threadId, busy } = await settle(scene, kind)
    const roots = rootsOf(scene, kind)
    const since = Date.now()
    corral.signal("SIGKILL")
    await corral.exited
    expect(roots.filter(isAlive)).toHaveLength(2)
    await scene.quiet(holdMillis + ladderMillis)

    const { client } = await scene.start()
    for (const each of [threadId, busy]) {
      const certificate = await certificateOf(client, each, since)
      expect(certificate).toMatchObject({ outcome: "gone", left: 0, reason: "server-lost" })
      expect(certificate.startedAt).toBeGreaterThanOrEqual(since + holdMillis - clockMillis)
    }
    const after = await threadWhen(client, busy, { what: "a truthful state", fits: ({ runtime }) => runtime.state === "asleep" })
    expect(after.turn).toBe(null)
    expect((await rowsOf(client, busy)).length).toBeGreaterThan(0)
    expect(await converse(client, busy, "say back again")).toContain("back again")
  })

  story("of the server without a hold: all is stopped at once", async ({ scene }) => {
    const { corral } = await settle(scene, kind, { CORRAL_HOLD_MILLIS: "0" })
    corral.signal("SIGKILL")
    await scene.quiet(ladderMillis)
    expect(scene.canaries.harmed()).toEqual([])
  })

  story("of the supervisor: the watcher ends all at once, and the server starts a new supervisor", async ({ scene }) => {
    const { client, busy, threadId, supervisorPid } = await settle(scene, kind)
    process.kill(supervisorPid, "SIGKILL")
    await scene.quiet(guardMillis)
    expect(scene.canaries.harmed()).toEqual([])
    await threadWhen(client, busy, { what: "a truthful state", fits: ({ turn, runtime }) => turn === null && runtime.state === "asleep" })
    expect(await converse(client, threadId, "say with a new supervisor")).toContain("with a new supervisor")
    const { supervisor } = await client.call("status", {})
    expect(supervisor?.pid).not.toBe(supervisorPid)
    expect(rootsOf(scene, kind)).toHaveLength(1)
  })

  story("of both: the watcher ends all at once, and the next start is clean", async ({ scene }) => {
    const { corral, busy, supervisorPid } = await settle(scene, kind)
    corral.signal("SIGKILL")
    process.kill(supervisorPid, "SIGKILL")
    await until(() => readProcess(supervisorPid).length === 0 || undefined, { what: "the supervisor's end", withinMillis: guardMillis })
    await scene.quiet(guardMillis)
    expect(scene.canaries.harmed()).toEqual([])

    const { client } = await scene.start()
    const after = await threadWhen(client, busy, { what: "a truthful state", fits: ({ runtime }) => runtime.state === "asleep" })
    expect(after.turn).toBe(null)
    // The new server asks each agent's program for its version, as a tree of its own that is soon gone.
    const isNothing = async () => {
      const { processes, trees, strays } = await client.call("count", {})
      return processes + trees + strays === 0 ? true : undefined
    }
    await until(isNothing, { what: "a count of nothing", withinMillis: ladderMillis })
  })
})
