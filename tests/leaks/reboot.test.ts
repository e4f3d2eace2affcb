// The machine was restarted under a running turn: the next server says so, signals nobody by numbers of before, and goes on with the next message.
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect } from "vitest"
import { readProcess } from "../agents/machine.ts"
import { practice } from "../stories/kinds.ts"
import { open, story } from "../stories/story.ts"
import { certificateOf, converse, send, threadNow, threadWhen } from "../stories/talk.ts"

/** The watcher and everything else end at the same moment, as power does it. */
const cutPower = (pids: readonly number[]): void => {
  for (const pid of pids) process.kill(pid, "SIGSTOP")
  for (const pid of pids) process.kill(pid, "SIGKILL")
}

story("a reboot in mid turn: the thread says that the machine was restarted, and wakes with its memory", async ({ scene }) => {
  const { corral, client, threadId } = await open(scene, practice)
  await converse(client, threadId, "say the first thing")
  await send(client, threadId, practice.slowly)
  await threadWhen(client, threadId, { what: "a running turn", fits: ({ turn }) => turn?.sent === true })
  const since = Date.now()
  const supervisor = await corral.supervisorPid()
  scene.oracle.note([supervisor])
  const watcher = scene.oracle.left().filter(({ ppid, command }) => ppid === supervisor && command.startsWith("/bin/sh -c read"))
  cutPower([supervisor, corral.pid, ...watcher.map(({ pid }) => pid), ...scene.running().map(({ pid }) => pid)])
  await corral.exited
  await scene.quiet(5_000)
  const ledger = join(scene.home, "supervisor", "ledger.jsonl")
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()
  writeFileSync(ledger, readFileSync(ledger, "utf8").replaceAll(boot, "00000000-0000-4000-8000-000000000000"))

  const again = await scene.start()
  const { lastOutcome, lastError, runtime } = await threadNow(again.client, threadId)
  expect({ lastOutcome, lastError, state: runtime.state }).toEqual({
    lastOutcome: "failed",
    lastError: "The machine was restarted in the middle of the turn, and the agent was lost with it.",
    state: "asleep",
  })
  const { outcome, left, killed, rungs } = await certificateOf(again.client, threadId, since)
  expect({ outcome, left, killed, rungs }).toEqual({ outcome: "gone", left: 0, killed: [], rungs: [{ name: "lost", millis: 0, left: 0 }] })
  await practice.remembers(scene, again.client, { threadId, said: "the first thing" })
  expect(readProcess(supervisor)).toEqual([])
})
