// The real Claude Code against the scripted model API, through its adapter: the conformance suite, and what only this agent does.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { makeClaudePort } from "@corral/server/src/provider/claude/adapter.ts"
import { claudeAtFirst } from "@corral/server/src/provider/claude/probe.ts"
import { conformance } from "@corral/server/src/provider/conformance.ts"
import type { Subject } from "@corral/server/src/provider/conformance-subject.ts"
import { openTalk } from "@corral/server/src/provider/conformance-talk.ts"
import type { Launch } from "@corral/server/src/provider/provider.ts"
import * as Effect from "effect/Effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { claudePath } from "../../scripts/agents.mjs"
import { startStub, type Stub } from "../agents/stub-api/start.ts"
import { record } from "./record.ts"
import { endChildren, killChild, startChild } from "./child-line.ts"

const home = mkdtempSync(join(tmpdir(), "corral-claude-"))
const cwd = join(home, "project")
const binary = await claudePath()
/** A command of a real agent begins in less. */
const madeMillis = 15_000
const launched: Launch[] = []
let stub: Stub

beforeAll(async () => {
  mkdirSync(cwd)
  stub = await startStub({ port: 0 })
})
afterAll(async () => {
  await endChildren()
  await stub.close()
  rmSync(home, { recursive: true, force: true })
})

const environment = (more: Readonly<Record<string, string>> = {}) => ({
  PATH: process.env["PATH"] ?? "",
  HOME: home,
  ANTHROPIC_BASE_URL: stub.url,
  ANTHROPIC_API_KEY: "stub",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  CLAUDE_CODE_MAX_RETRIES: "1",
  IS_SANDBOX: "1",
  ...more,
})

const portWith = ({ program = binary, more = {} }: { readonly program?: string; readonly more?: Readonly<Record<string, string>> } = {}) =>
  makeClaudePort({
    environment: Effect.sync(() => environment(more)),
    probe: () => Effect.succeed({ ...claudeAtFirst, binary: program, problem: null }),
  })

/** A program in the place of claude that says this and exits. */
const saying = (words: string): string => {
  const path = join(home, `broken-${words.length}`)
  writeFileSync(path, `#!/bin/sh\necho '${words}' >&2\nexit 1\n`, { mode: 0o755 })
  return path
}

const command = (text: string) => `tool: python3 -c "import os; os.system('${text}')"`
const question = (text: string, one: string, other: string) => {
  const options = [one, other].map((label) => ({ label, description: label }))
  return `use: AskUserQuestion ${JSON.stringify({ questions: [{ question: text, header: "Ask", multiSelect: false, options }] })}`
}

/** The test that runs, with a number: some open two sessions. */
const counts = new Map<string, number>()
const nextTest = (): string => {
  const name = (expect.getState().currentTestName ?? "").replace(/^.*> /, "")
  const count = (counts.get(name) ?? 0) + 1
  counts.set(name, count)
  return `${name} ${count}`
}

const subject: Subject = {
  port: portWith(),
  cwd,
  launch: async (launch) => {
    launched.push(launch)
    const agent = startChild(launch)
    const folder = process.env["CORRAL_RECORD"]
    return folder === undefined
      ? agent
      : record(agent, { folder, test: nextTest(), private: { [home]: "/home/person", [stub.url]: "http://stub" } })
  },
  prompts: {
    say: (text) => `say ${text}`,
    slow: "slow 200 50",
    stream: "slow 100 25",
    command,
    ask: question,
    fail: "error 529",
    recall: null,
  },
  crash: async (talk) => {
    await talk.start("slow 200 50")
    await talk.until("live")
    await killChild(talk.pid)
  },
  kill: ({ pid }) => killChild(pid),
  made: (file) => expect.poll(() => existsSync(file), { timeout: madeMillis }).toBe(true),
  other: { model: "claude-opus-4-5", effort: "low" },
  broken: { port: portWith({ program: saying("Invalid API key - Please run /login") }), says: /not logged in.*\/login/ },
}

conformance("claude", () => subject)

describe("Claude Code", () => {
  it("gives its whole conversation to the model again after it came back", async () => {
    const first = await openTalk(subject, {})
    await first.start("say plugh")
    await first.until("ended")
    await first.close()
    const second = await openTalk(subject, { cursor: first.cursor(), generation: 2 })
    await second.start("say again")
    await second.until("ended")
    expect(stub.requests.filter(({ prompt }) => prompt.includes("say again")).at(-1)).toMatchObject({ messages: expect.any(Number) })
    await second.close()
  })
})
