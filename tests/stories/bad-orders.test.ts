// Orders that cannot be: each is rejected by its reason, and what was there stays as it was.
import { describe, expect } from "vitest"
import { newId } from "@corral/client/ids"
import type { ClientCommand } from "@corral/contracts/command"
import { maxTurnChars } from "@corral/contracts/limits"
import { join } from "node:path"
import { practice } from "./kinds.ts"
import { open, story } from "./story.ts"
import { order, send, threadNow, threadWhen } from "./talk.ts"

describe("an order that cannot be", () => {
  story("is rejected by its reason and changes nothing", async ({ scene }) => {
    const { client, projectId, threadId } = await open(scene, practice)
    const nobody = newId("thr")
    const turn = (text: string) => ({ _tag: "turn.start", threadId, turnId: newId("trn"), text, whenBusy: "queue" }) as const
    const before = await threadNow(client, threadId)
    const cases: readonly (readonly [string, ClientCommand])[] = [
      ["unknown-thread", { _tag: "thread.archive", threadId: nobody }],
      ["unknown-thread", { ...turn("hello"), threadId: nobody }],
      ["unknown-project", { _tag: "project.remove", projectId: newId("prj") }],
      ["bad-folder", { _tag: "project.add", projectId: newId("prj"), path: join(scene.folder, "nowhere"), name: null }],
      ["duplicate-project", { _tag: "project.add", projectId: newId("prj"), path: scene.project, name: null }],
      ["unknown-model", { _tag: "thread.set", threadId, model: "no-such-model" }],
      ["unknown-effort", { _tag: "thread.set", threadId, effort: "no-such-effort" }],
      ["empty-text", turn("")],
      ["text-too-long", turn("x".repeat(maxTurnChars + 1))],
      ["not-archived", { _tag: "thread.unarchive", threadId }],
      ["nothing-running", { _tag: "runtime.keep", threadId, until: 0 }],
      ["bad-title", { _tag: "thread.rename", threadId, title: "" }],
      ["duplicate-id", { _tag: "thread.create", threadId, projectId, title: null, config: practice.config }],
    ]
    for (const [reason, command] of cases) {
      expect(await client.dispatch(command)).toMatchObject({
        _tag: "rejected",
        rejection: { reason, message: expect.stringMatching(/\S/) },
      })
    }
    expect(await threadNow(client, threadId)).toEqual(before)
    expect(scene.running()).toEqual([])
  })

  story("gets the same receipt for the same id, and a rejection for another order under that id", async ({ scene }) => {
    const { client, threadId } = await open(scene, practice)
    const commandId = newId("cmd")
    const rename = { _tag: "thread.rename", threadId, title: "one" } as const
    const first = await client.dispatch(rename, commandId)
    expect(first._tag).toBe("accepted")
    expect(await client.dispatch(rename, commandId)).toEqual(first)
    const other = await client.dispatch({ ...rename, title: "two" }, commandId)
    expect(other).toMatchObject({ _tag: "rejected", rejection: { reason: "command-id-reused" } })
    expect(await threadNow(client, threadId)).toMatchObject({ title: "one" })
  })

  story("to start a turn is refused while another runs, when it asks so, and for an archived thread", async ({ scene }) => {
    const { client, threadId } = await open(scene, practice)
    await send(client, threadId, "hang")
    await threadWhen(client, threadId, { what: "a running turn", fits: ({ turn }) => turn?.sent === true })
    const turn = { _tag: "turn.start", threadId, turnId: newId("trn"), text: "say hi", whenBusy: "refuse" } as const
    expect(await client.dispatch(turn)).toMatchObject({ rejection: { reason: "turn-already-running" } })
    await order(client, { _tag: "thread.archive", threadId })
    expect(await client.dispatch({ ...turn, turnId: newId("trn") })).toMatchObject({ rejection: { reason: "archived-thread" } })
    await scene.quiet(10_000)
  })
})
