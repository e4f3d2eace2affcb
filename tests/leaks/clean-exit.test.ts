// A server told to leave stops everything within its 8 s, with a client connected and a turn running.
import { describe, expect } from "vitest"
import { until } from "../agents/deadline.ts"
import { kinds, rootsOf } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { converse, createThread, send, threadWhen } from "../stories/talk.ts"

const promisedMillis = 8_000

describe.each(kinds)("a clean exit of the server with $name", (kind) => {
  story("leaves none of an idle and a busy agent, nor what they left behind", async ({ scene }) => {
    const { corral, client, projectId, threadId } = await open(scene, kind)
    await converse(client, threadId, kind.leaving(scene, ["daemon-without-environment", "deaf-to-term"]))
    const busy = await createThread(client, projectId, kind.config)
    await send(client, busy, kind.silently)
    await threadWhen(client, busy, { what: "a running turn", fits: (thread) => thread.turn?.sent === true })
    expect(rootsOf(scene, kind)).toHaveLength(2)
    const isGrown = () => scene.running().length >= 4 || undefined
    await until(isGrown, { what: "two agents and two they left behind", withinMillis: promisedMillis })

    const { code, millis } = await corral.stop()
    expect(code).toBe(0)
    expect(millis).toBeLessThan(promisedMillis)
    await scene.quiet(0)
  })
})
