// The server dies in the middle of everything and comes back within the hold: the same agent goes on, and the conversation reads as if
// nothing had happened.
import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect } from "vitest"
import type { Connection } from "@corral/client/connect"
import type { ThreadId, TurnId } from "@corral/contracts/ids"
import type { ThreadItem } from "@corral/contracts/rpc"
import type { Row } from "@corral/contracts/turn"
import { applyLive } from "@corral/domain/views/live"
import { foldRows, type Transcript } from "@corral/domain/views/transcript"
import { kinds, rootsOf, type Kind } from "../stories/kinds.ts"
import type { Scene } from "../stories/scene.ts"
import { open, story, type Opening } from "../stories/story.ts"
import { answerOf, converse, order, rowsOf, send, threadNow, threadWhen } from "../stories/talk.ts"

/** Longer than a start on a machine with two busy cores. */
const hold = { CORRAL_HOLD_MILLIS: "20000" }
const quietMillis = 8_000

/** Everything of an answer but its times: what two runs have in common. */
const shapeOf = (rows: readonly Row[], turnId: TurnId): readonly string[] =>
  rows.flatMap((row) => ("turnId" in row && row.turnId === turnId ? [JSON.stringify(contentOf(row))] : []))

const contentOf = (row: Row): readonly unknown[] => {
  if (row._tag === "text" || row._tag === "thinking") return [row._tag, row.text, row.done]
  if (row._tag === "tool") return [row._tag, row.name, row.title, row.input, row.output, row.status]
  return [row._tag, row._tag === "plan" ? row.entries : row._tag === "ended" ? row.outcome : null]
}

const crash = async (scene: Scene, { corral }: Pick<Opening, "corral">): Promise<Connection> => {
  corral.signal("SIGKILL")
  await corral.exited
  return (await scene.start(hold)).client
}

/** What a page shows of the thread, message by message. */
const watchText = (client: Connection, threadId: ThreadId) => {
  let rows: Transcript = []
  const seen: string[] = []
  const item = (told: ThreadItem) => {
    if (told._tag === "snapshot") rows = applyLive(told.rows, told.live)
    if (told._tag === "events") rows = told.events.reduce(foldRows, rows)
    if (told._tag === "live") rows = applyLive(rows, told.pieces)
    seen.push(rows.flatMap(({ row }) => (row._tag === "text" ? [row.text] : [])).join("|"))
  }
  return { stop: client.watch("thread", () => ({ threadId, after: null }), { item }), seen }
}

const settled = (client: Connection, threadId: ThreadId) =>
  threadWhen(client, threadId, { what: "the end of the turn", fits: ({ turn, queue }) => turn === null && queue.length === 0 })

describe.each(kinds)("a server that leaves for an upgrade, with an agent of $name", (kind: Kind) => {
  story("hands the running turn over to the next one", async ({ scene }) => {
    const { corral, client: before, threadId } = await open(scene, kind, hold)
    const turnId = await send(before, threadId, "slow 60 25")
    await threadWhen(before, threadId, { what: "a running turn", fits: ({ turn }) => turn?.sent === true })
    const [root] = rootsOf(scene, kind)
    await before.call("shutdown", { how: "restart", now: false })
    expect(await corral.exited).toMatchObject({ code: 0 })
    before.close()
    const { client } = await scene.start(hold)
    await settled(client, threadId)
    expect(await answerOf(client, threadId, turnId)).toMatch(kind.name === "claude" ? /chunk 0 .*chunk 59/ : /^1 2 .* 60$/)
    expect(rootsOf(scene, kind)).toEqual([root])
  })
})

describe.each(kinds)("a server that was killed, with an agent of $name", (kind: Kind) => {
  /** Streams, waits for the file that is named here, and streams on. */
  const streamOf = (scene: Scene) => {
    const gate = join(scene.project, "go-on")
    const wait = `perl -e 'select undef, undef, undef, 0.05 until -e "${gate}"'`
    return { gate, stream: `slow 60 25\n${kind.name === "claude" ? "tool:" : "run"} ${wait}\nslow 20 25` }
  }

  story("comes back to a stream that goes on: nothing is lost, nothing is told twice", async ({ scene }) => {
    const opening = await open(scene, kind, hold)
    const { client: before, threadId } = opening
    const { gate, stream } = streamOf(scene)
    writeFileSync(gate, "")
    const first = await send(before, threadId, stream)
    await settled(before, threadId)
    const undisturbed = shapeOf(await rowsOf(before, threadId), first)
    const [root] = rootsOf(scene, kind)

    rmSync(gate)
    const second = await send(before, threadId, stream)
    await threadWhen(before, threadId, { what: "a running turn", fits: ({ turn }) => turn?.sent === true })
    const client = await crash(scene, opening)
    const page = watchText(client, threadId)
    expect((await threadNow(client, threadId)).runtime.state).toBe("busy")
    writeFileSync(gate, "")
    await settled(client, threadId)
    page.stop()
    expect(shapeOf(await rowsOf(client, threadId), second)).toEqual(undisturbed)
    expect(rootsOf(scene, kind)).toEqual([root])
    const whole = page.seen.at(-1) ?? ""
    expect(page.seen.filter((text) => !whole.startsWith(text))).toEqual([])
    await converse(client, threadId, "say and on we go")
    expect(rootsOf(scene, kind)).toEqual([root])
    await order(client, { _tag: "thread.archive", threadId })
    await scene.quiet(quietMillis)
  })

  story("asks again what was waiting for a person, and hands the answer on", async ({ scene }) => {
    const opening = await open(scene, kind, hold)
    const { client: before, threadId } = opening
    await order(before, { _tag: "thread.set", threadId, mode: "ask" })
    const command = kind.name === "claude" ? `tool: python3 -c "print('al' + 'lowed')"` : "run echo al''lowed"
    const turnId = await send(before, threadId, `say first\n${command}\nsay done`)
    const asked = await threadWhen(before, threadId, { what: "an approval", fits: ({ requests }) => requests.length === 1 })
    const [root] = rootsOf(scene, kind)

    const client = await crash(scene, opening)
    const held = await threadNow(client, threadId)
    expect(held.requests).toEqual(asked.requests)
    const requestId = held.requests[0]?.requestId
    if (requestId === undefined) throw new Error("nothing is asked")
    await order(client, { _tag: "turn.answer", threadId, requestId, answer: { decision: "allow", text: null, answers: {} } })
    await settled(client, threadId)
    expect(await answerOf(client, threadId, turnId)).toMatch(/done$/)
    const tools = (await rowsOf(client, threadId)).filter((row) => row._tag === "tool")
    expect(tools).toMatchObject([{ status: "done", output: expect.stringContaining("allowed") }])
    expect(rootsOf(scene, kind)).toEqual([root])
  })

  story("comes back to a silent tool, which it can interrupt", async ({ scene }) => {
    const opening = await open(scene, kind, hold)
    const { client: before, threadId } = opening
    const turnId = await send(before, threadId, `say first\n${kind.silently}\nsay never`)
    const isToolRunning = async () => (await rowsOf(before, threadId)).some((row) => row._tag === "tool" && row.status === "running")
    await expect.poll(isToolRunning, { timeout: 30_000 }).toBe(true)
    const [root] = rootsOf(scene, kind)

    const client = await crash(scene, opening)
    expect(rootsOf(scene, kind)).toEqual([root])
    await order(client, { _tag: "turn.interrupt", threadId, turnId })
    const after = await settled(client, threadId)
    expect(after.lastOutcome).toBe("interrupted")
    expect(await converse(client, threadId, "say still here")).toContain("still here")
    expect(rootsOf(scene, kind)).toEqual([root])
  })

  story("comes back to an idle agent and gives it the next message", async ({ scene }) => {
    const opening = await open(scene, kind, hold)
    const { threadId } = opening
    await converse(opening.client, threadId, "say the first thing")
    const rows = await rowsOf(opening.client, threadId)
    const [root] = rootsOf(scene, kind)
    const client = await crash(scene, opening)
    expect((await threadNow(client, threadId)).runtime.state).toBe("idle")
    await kind.remembers(scene, client, { threadId, said: "the first thing" })
    expect((await rowsOf(client, threadId)).slice(0, rows.length)).toEqual(rows)
    expect(rootsOf(scene, kind)).toEqual([root])
  })
})
