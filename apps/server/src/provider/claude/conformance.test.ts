// The conformance suite over recorded conversations of the real Claude Code: what holds there holds here, without the program.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import { afterAll, beforeEach, expect } from "vitest"
import { conformance } from "../conformance.ts"
import type { Subject } from "../conformance-subject.ts"
import { makeClaudePort } from "./adapter.ts"
import { claudeAtFirst } from "./probe.ts"
import { fixtureName, fixtures, readFixture, replay } from "./replay.test-support.ts"

const config = mkdtempSync(join(tmpdir(), "corral-claude-replay-"))
const project = join(config, "projects", "recorded")
mkdirSync(project, { recursive: true })
/** Conversations that Claude Code would still know: all that were recorded. */
for (const name of readdirSync(fixtures)) {
  for (const entry of readFixture(name)) {
    if ("from" in entry && typeof entry.from["session_id"] === "string")
      writeFileSync(join(project, `${entry.from["session_id"]}.jsonl`), "")
  }
}
afterAll(() => rmSync(config, { recursive: true, force: true }))

let opened = 0
beforeEach(() => {
  opened = 0
})

const port = makeClaudePort({
  environment: Effect.succeed({ CLAUDE_CONFIG_DIR: config, IS_SANDBOX: "1" }),
  probe: () => Effect.succeed({ ...claudeAtFirst, binary: "/usr/bin/claude", problem: null }),
})

const subject: Subject = {
  port,
  cwd: config,
  launch: async () => {
    opened += 1
    const test = (expect.getState().currentTestName ?? "").replace(/^.*> /, "")
    return replay(readFixture(fixtureName(`${test} ${opened}`)))
  },
  // What was asked then stands in the recordings; these only have to be what the suite looks for.
  prompts: {
    say: (text) => `say ${text}`,
    slow: "slow 200 50",
    stream: "slow 100 25",
    command: (command) => `tool: ${command}`,
    ask: (question) => question,
    fail: "error 529",
    recall: null,
  },
  crash: (talk) => talk.start("slow 200 50"),
  // The recording has its exit, and what its commands did.
  kill: async () => undefined,
  made: async () => undefined,
  other: { model: "claude-opus-4-5", effort: "low" },
  broken: { port, says: /not logged in.*\/login/ },
}

conformance("recorded claude", () => subject)
