// A turn is believed to be at work only with evidence. Without it, that is shown, and nothing else happens until somebody says so.
import type { Connection } from "@corral/client/connect"
import type { ThreadId } from "@corral/contracts/ids"
import type { Stalled } from "@corral/contracts/runtime"
import { describe, expect } from "vitest"
import { until } from "../agents/deadline.ts"
import { kinds, rootsOf } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { certificateOf, order, send, sightNow, sightWhen, threadNow, threadWhen, treesOf } from "../stories/talk.ts"

/** Over the three seconds after which Claude Code says that its tool runs, and well below the thirty after which it says so again. */
const stallMillis = 5_000
const stalledWithinMillis = 60_000
/** Everything that puts to sleep is as eager as it can be: nothing of it may touch a turn. */
const env = { CORRAL_STALL_MILLIS: String(stallMillis), CORRAL_IDLE_MILLIS: "500", CORRAL_MEMORY_FLOOR: "100" }

const stalledOf = async (client: Connection, threadId: ThreadId) => (await sightNow(client, threadId)).stalled ?? null

const whenStalled = (client: Connection, threadId: ThreadId): Promise<Stalled> => sightWhen(client, threadId, ({ stalled }) => stalled)

const whenAtWork = (client: Connection, threadId: ThreadId): Promise<unknown> => {
  const look = async () => ((await stalledOf(client, threadId)) === null ? true : undefined)
  return until(look, { what: "that it works again", withinMillis: stalledWithinMillis, instead: () => "it is stalled" })
}

describe.concurrent.each(kinds)("a turn of $name with a tool that says and does nothing", (kind) => {
  story("is shown as stalled, is left alone, and has its time again where a person waits on", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind, env)
    const turnId = await send(client, threadId, kind.silently)
    const stalled = await whenStalled(client, threadId)
    expect(stalled.until - stalled.heardAt).toBeGreaterThanOrEqual(stallMillis)
    expect(stalled.cpuMillis).toBeLessThanOrEqual(Math.max(400, (stalled.until - stalled.since) * 0.05))
    expect(await threadNow(client, threadId)).toMatchObject({ turn: { turnId, interruptAsked: false }, runtime: { state: "busy" } })
    const [tree] = await treesOf(client, threadId)
    expect(tree?.threads[0]).toMatchObject({ reason: "turn", stalled: { heardAt: stalled.heardAt } })

    const waitedAt = Date.now()
    await client.call("waitOn", { threadId })
    expect(await stalledOf(client, threadId)).toBe(null)
    const again = await whenStalled(client, threadId)
    expect(again.until - waitedAt).toBeGreaterThanOrEqual(stallMillis)
    expect(again.heardAt).toBe(stalled.heardAt)

    await order(client, { _tag: "turn.interrupt", threadId, turnId })
    const ended = await threadWhen(client, threadId, { what: "the end of the turn", fits: ({ turn }) => turn === null })
    expect(ended.lastOutcome).toBe("interrupted")
    expect(await stalledOf(client, threadId)).toBe(null)
  })

  story("works again as soon as that tool uses the processor, in the same turn", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind, env)
    const tool = `perl -e '$| = 1; sleep 18; my $end = time + 8; 1 while time < $end; sleep 900'`
    const turnId = await send(client, threadId, `${kind.name === "claude" ? "tool:" : "run"} ${tool}`)
    await whenStalled(client, threadId)
    await whenAtWork(client, threadId)
    expect((await threadNow(client, threadId)).turn?.turnId).toBe(turnId)
    await whenStalled(client, threadId)

    const since = Date.now()
    await order(client, { _tag: "runtime.stop", threadId })
    expect(await certificateOf(client, threadId, since)).toMatchObject({ outcome: "gone", left: 0, reason: "stop" })
    await scene.quiet(0)
    expect(rootsOf(scene, kind)).toEqual([])
    expect(await stalledOf(client, threadId)).toBe(null)
  })
})
