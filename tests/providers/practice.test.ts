// The practice agent as a real process, through the ACP adapter: the conformance suite, and what only this agent can do.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { ProviderId } from "@corral/contracts/ids"
import { makeAcpPort } from "@corral/server/src/provider/acp/adapter.ts"
import { conformance } from "@corral/server/src/provider/conformance.ts"
import type { Subject } from "@corral/server/src/provider/conformance-subject.ts"
import { openTalk } from "@corral/server/src/provider/conformance-talk.ts"
import * as Effect from "effect/Effect"
import { afterAll, describe, expect, it } from "vitest"
import { until } from "../agents/deadline.ts"
import { endChildren, killChild, startChild } from "./child-line.ts"

const home = mkdtempSync(join(tmpdir(), "corral-practice-"))
const main = resolve(import.meta.dirname, "../../apps/practice/src/main.ts")

const withinMillis = 20_000

/** A command that ends when it is let go. */
const gateIn = (folder: string) => {
  const file = join(mkdtempSync(join(folder, "gate-")), "open")
  return { wait: `until [ -e ${file} ]; do sleep 0.05; done`, open: () => writeFileSync(file, "") }
}

afterAll(async () => {
  await endChildren()
  rmSync(home, { recursive: true, force: true })
})

const portOf = (args: readonly string[]) =>
  makeAcpPort(
    {
      provider: ProviderId.make("practice"),
      name: "Practice agent",
      command: process.execPath,
      args,
      modes: { ask: "ask", edit: "edit", full: "full", plan: "plan" },
      eofMillis: 1000,
    },
    {
      environment: Effect.succeed({ PATH: process.env["PATH"] ?? "", HOME: home, CORRAL_PRACTICE_HOME: home }),
      probe: () => Effect.die("not probed here"),
    },
  )

const subject: Subject = {
  port: portOf([main]),
  cwd: home,
  launch: async (launch) => startChild(launch),
  prompts: {
    say: (text) => `say ${text}`,
    slow: "slow 1000 20",
    stream: "slow 100 25",
    command: (command) => `run ${command}`,
    ask: (question, one, other) => `ask ${question} | ${one} | ${other}`,
    fail: "error it went wrong",
    recall: "recall",
  },
  crash: (talk) => talk.start("crash 3"),
  kill: ({ pid }) => killChild(pid),
  made: (file) => expect.poll(() => existsSync(file), { timeout: withinMillis }).toBe(true),
  other: { model: "quick", effort: "high" },
  broken: { port: portOf(["-e", "console.error('no login here'); process.exit(1)"]), says: /exit code 1.*no login here/ },
}

conformance("practice", () => subject)

describe("the practice agent", () => {
  const talkTo = () => openTalk(subject, {})

  it("greets a stranger with markdown and what to try", async () => {
    const talk = await talkTo()
    await talk.run(talk.session.tune({ ...talk.config, model: "quick" }))
    await talk.start("hi, what can you do?")
    expect(await talk.until("ended")).toMatchObject({ outcome: "completed" })
    expect(talk.text()).toContain("| `run COMMAND` |")
    await talk.close()
  })

  it("tells its background commands while they run and when they end", async () => {
    const talk = await talkTo()
    await talk.run(talk.session.tune({ ...talk.config, mode: "full" }))
    const gate = gateIn(home)
    await talk.start(`background ${gate.wait}`)
    await talk.until("ended")
    const told = () => talk.of("background").map(({ background }) => background.length)
    expect(told()).toEqual([1])
    await talk.start("slow 30 20")
    gate.open()
    await talk.until("background")
    expect(told()).toEqual([1, 0])
    await talk.close()
  })

  it("shows the output of a command while it runs", async () => {
    const talk = await talkTo()
    await talk.run(talk.session.tune({ ...talk.config, mode: "full" }))
    const gate = gateIn(home)
    await talk.start(`run echo early; ${gate.wait}; echo late`)
    const { seen: shown } = await until(() => talk.of("live").find(({ live }) => live.kind === "output"), { what: "output", withinMillis })
    expect(shown.live).toMatchObject({ offset: 0, text: "early\n" })
    gate.open()
    await talk.until("ended")
    expect(talk.outputs()).toBe("early\nlate\n")
    await talk.close()
  })

  it("keeps a plan as one row that is ticked off", async () => {
    const talk = await talkTo()
    await talk.start("plan one; two")
    await talk.until("ended")
    const plans = talk.pieces().filter((piece) => piece._tag === "plan")
    expect(new Set(plans.map(({ itemId }) => itemId)).size).toBe(1)
    expect(plans.at(-1)?.entries.map(({ state }) => state)).toEqual(["done", "done"])
    await talk.close()
  })
})
