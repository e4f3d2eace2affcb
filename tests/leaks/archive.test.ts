// The founding case: what is archived holds no process, in whatever state it was; unarchived it goes on where it was.
import { describe, expect } from "vitest"
import { join } from "node:path"
import { until } from "../agents/deadline.ts"
import { isAlive } from "../agents/machine.ts"
import { configureMcp } from "../stories/agents.ts"
import { kinds, rootsOf } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { certificateOf, converse, order, send, threadNow, threadWhen, treesOf, turnWithinMillis } from "../stories/talk.ts"

/** Promised for an idle agent, with room for a loaded machine. */
const idleStopMillis = 4_000
/** Promised for the worst: a silent tool, a deaf MCP server and daemons. */
const worstStopMillis = 5_000
const mcpServer = join(import.meta.dirname, "../agents/mcp-server.ts")

describe.each(kinds)("archiving a thread of $name", (kind) => {
  story("leaves no process; unarchived and resumed it is a new process with the same memory", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind)
    expect(rootsOf(scene, kind)).toHaveLength(0)
    expect(await converse(client, threadId, "say the first thing")).toContain("the first thing")
    const [before] = rootsOf(scene, kind)
    expect(rootsOf(scene, kind)).toHaveLength(1)

    const since = Date.now()
    await order(client, { _tag: "thread.archive", threadId })
    const certificate = await certificateOf(client, threadId, since)
    expect(certificate).toMatchObject({ outcome: "gone", left: 0, survivors: [], reason: "archive", threadIds: [threadId] })
    expect(scene.running()).toEqual([])
    expect(await scene.quiet(idleStopMillis)).toBeLessThan(idleStopMillis)
    expect((await threadNow(client, threadId)).runtime.state).toBe("asleep")

    await order(client, { _tag: "thread.unarchive", threadId })
    expect(scene.running()).toEqual([])
    await kind.remembers(scene, client, { threadId, said: "the first thing" })
    const after = rootsOf(scene, kind)
    expect(after).toHaveLength(1)
    expect(after[0]?.pid).not.toBe(before?.pid)
  })

  story("ends a turn that streams", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind)
    await send(client, threadId, kind.slowly)
    await threadWhen(client, threadId, { what: "a running turn", fits: (thread) => thread.turn?.sent === true })
    const since = Date.now()
    await order(client, { _tag: "thread.archive", threadId })
    expect(await certificateOf(client, threadId, since)).toMatchObject({ outcome: "gone", left: 0, reason: "archive" })
    await scene.quiet(0)
    expect(await threadNow(client, threadId)).toMatchObject({ status: "archived", turn: null, lastOutcome: "interrupted" })
  })

  story("ends a silent tool, a deaf MCP server and every daemon within 5 s", async ({ scene }) => {
    configureMcp(scene.person, { deaf: `${scene.agents.hold}; exec '${process.execPath}' '${mcpServer}' deaf` })
    const { client, threadId } = await open(scene, kind)
    const daemons = kind.leaving(scene, ["own-session", "daemon", "daemon-without-environment", "deaf-to-term", "renamed", "non-dumpable"])
    await send(client, threadId, `${daemons}\n${kind.silently}`)
    const isSilent = () => {
      const running = scene.running()
      const isGrown = running.length >= (kind.name === "claude" ? 10 : 8)
      return isGrown && running.some(({ command }) => /zoo\.pl plain|sleep 900/.test(command)) ? running : undefined
    }
    const { seen: members } = await until(isSilent, { what: "the silent tool", withinMillis: turnWithinMillis })
    const [tree] = await treesOf(client, threadId)
    const seen = new Set(tree?.processes.map(({ pid }) => pid))
    // A daemon's parent leaves while we look.
    expect(members.filter((one) => !seen.has(one.pid) && isAlive(one))).toEqual([])

    const since = Date.now()
    await order(client, { _tag: "thread.archive", threadId })
    const certificate = await certificateOf(client, threadId, since)
    expect(certificate).toMatchObject({ outcome: "gone", left: 0, survivors: [] })
    await scene.quiet(0)
    expect(certificate.checkedAt - since).toBeLessThan(worstStopMillis)
    expect(scene.canaries.harmed()).toEqual([])
  })
})
