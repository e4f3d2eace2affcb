// Agents that cannot start, do not last or may not ask: the thread says what is wrong and what to do, and holds no process.
import { existsSync, chmodSync, rmSync } from "node:fs"
import { join } from "node:path"
import { describe, expect } from "vitest"
import type { Connection } from "@corral/client/connect"
import { until } from "../agents/deadline.ts"
import { claude, kinds, practice, rootsOf } from "./kinds.ts"
import { open, story } from "./story.ts"
import { certificateOf, converse, createThread, order, rowsOf, send, threadNow, threadWhen } from "./talk.ts"
import type { ThreadId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"

const settleMillis = 20_000
const isAsleep = { what: "sleep", fits: ({ turn, runtime }: Thread) => turn === null && runtime.state === "asleep" }

/** Sends, and gives the error with which the turn failed. */
const failure = async (client: Connection, threadId: ThreadId, text: string): Promise<string> => {
  await send(client, threadId, text)
  const fits = ({ turn, runtime }: Thread) => turn === null && runtime.state !== "waking"
  const ended = await threadWhen(client, threadId, { what: "the failure", fits })
  expect(ended.lastOutcome).toBe("failed")
  return ended.lastError ?? ""
}

describe("a Claude", () => {
  story("that is not installed is a provider with a problem and its next step", async ({ scene, skip }) => {
    skip(["/usr/local/bin/claude", "/usr/bin/claude"].some(existsSync), "this machine has a claude in a system folder")
    rmSync(join(scene.agents.bin, "claude"))
    const { client, projectId } = await open(scene, practice)
    const providers = await client.call("providers", { refresh: true })
    const found = providers.find(({ provider }) => provider === claude.config.provider)
    expect(found?.problem).toMatchObject({ message: expect.stringMatching(/\S/), next: expect.stringMatching(/\S/) })
    await expect(createThread(client, projectId, claude.config)).rejects.toThrow("provider-unavailable")
  })

  story("that goes missing between two turns fails the second one by name", async ({ scene }) => {
    const { client, threadId } = await open(scene, claude)
    await converse(client, threadId, "say hello")
    await order(client, { _tag: "runtime.stop", threadId })
    await scene.quiet(settleMillis)
    rmSync(join(scene.agents.bin, "claude"))
    expect(await failure(client, threadId, "say again")).toContain("claude")
    await scene.quiet(settleMillis)
    await scene.agents.realClaude()
    expect(await converse(client, threadId, "say it is back")).toContain("it is back")
  })

  story("that may not be executed fails the turn by name", async ({ scene }) => {
    const { client, threadId } = await open(scene, claude)
    chmodSync(join(scene.agents.bin, "claude"), 0o644)
    expect(await failure(client, threadId, "say hello")).toContain("claude")
    await scene.quiet(settleMillis)
  })

  story("that dies at its start fails the turn with what it said last", async ({ scene }) => {
    const { client, threadId } = await open(scene, claude)
    scene.agents.replaceClaude(
      "#!/bin/sh\n[ \"$1\" = --version ] && exec echo '2.1.330 (Claude Code)'\necho 'the horse is lame' >&2\nexit 3\n",
    )
    expect(await failure(client, threadId, "say hello")).toContain("the horse is lame")
    await threadWhen(client, threadId, isAsleep)
    await scene.quiet(settleMillis)
    await scene.agents.realClaude()
    expect(await converse(client, threadId, "say another horse")).toContain("another horse")
  })

  story("that may not speak with its API says so in the thread", async ({ scene }) => {
    const { client, threadId } = await open(scene, claude)
    expect(await failure(client, threadId, "error 401")).toMatch(/401|log ?in|auth/i)
    expect(await converse(client, threadId, "say it works now")).toContain("it works now")
  })

  story("whose API breaks off fails or repeats the turn, and works on", async ({ scene }) => {
    const { client, threadId } = await open(scene, claude)
    await send(client, threadId, "error 500")
    await threadWhen(client, threadId, { what: "the failure", fits: ({ turn }) => turn === null })
    expect((await threadNow(client, threadId)).lastOutcome).toBe("failed")
    expect(await converse(client, threadId, "say it works now")).toContain("it works now")
  })
})

describe("an agent", () => {
  const isRunning = { what: "a running turn", fits: ({ turn }: Thread) => turn?.sent === true }

  story("that talks without end is stopped like any other, and what it said is there", async ({ scene }) => {
    const { client, threadId } = await open(scene, practice)
    await send(client, threadId, "flood")
    const said = async () => (await rowsOf(client, threadId)).some((row) => row._tag === "text" && row.text.length > 100_000) || undefined
    await until(said, { what: "a flood in the thread", withinMillis: settleMillis })
    await order(client, { _tag: "runtime.stop", threadId })
    await scene.quiet(settleMillis)
    await threadWhen(client, threadId, isAsleep)
    expect(await converse(client, threadId, "say it is quiet now")).toContain("quiet now")
  })

  story("that closes its output and stays is not called gone, and is stopped with proof", async ({ scene }) => {
    const { client, threadId } = await open(scene, practice)
    await send(client, threadId, "mute")
    await threadWhen(client, threadId, isRunning)
    const [root] = scene.running().filter(practice.isRoot)
    const isClosed = () => (root !== undefined && !existsSync(`/proc/${root.pid}/fd/1`) ? true : undefined)
    await until(isClosed, { what: "a closed output", withinMillis: settleMillis })
    expect((await threadNow(client, threadId)).runtime.state).toBe("busy")
    const since = Date.now()
    await order(client, { _tag: "runtime.stop", threadId })
    expect(await certificateOf(client, threadId, since)).toMatchObject({ outcome: "gone", left: 0, reason: "stop" })
    await scene.quiet(0)
    expect(await converse(client, threadId, "say I speak again")).toContain("speak again")
  })
})

describe.each(kinds)("an agent of $name", (kind) => {
  story("whose folder has vanished fails the turn and names the folder", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind)
    rmSync(scene.project, { recursive: true })
    expect(await failure(client, threadId, "say hello")).toContain(scene.project)
    await scene.quiet(settleMillis)
    await threadWhen(client, threadId, isAsleep)
  })

  story("that is killed in mid turn fails the turn, leaves nothing, and comes back with the next message", async ({ scene }) => {
    const { client, threadId } = await open(scene, kind)
    await converse(client, threadId, kind.leaving(scene, ["daemon-without-environment"]))
    await send(client, threadId, kind.slowly)
    await threadWhen(client, threadId, { what: "a running turn", fits: ({ turn }) => turn?.sent === true })
    for (const { pid } of rootsOf(scene, kind)) process.kill(pid, "SIGKILL")
    expect((await threadWhen(client, threadId, isAsleep)).lastOutcome).toBe("failed")
    await scene.quiet(settleMillis)
    expect(await converse(client, threadId, "say I am back")).toContain("I am back")
  })
})
