// What an agent must not do, on request: for seeing that Corral leaves nothing behind all the same.
import { RequestError } from "@agentclientprotocol/sdk"
import { spawn } from "node:child_process"
import { closeSync } from "node:fs"
import { untilAborted } from "./pace.ts"
import type { Stage } from "./session.ts"
import { say } from "./talk.ts"

/** A daemon that nobody ends goes by itself, so that no experiment litters a machine for long. */
const daemonSeconds = 900

/** Half a gigabyte in all: far over every window that it has to pass, and an end all the same. */
const floodPieces = 128 * 1024
const floodText = "flood ".repeat(682)

export const manners = { isDeaf: false }

export const hang = (stage: Stage): Promise<never> => untilAborted(stage.signal)

export async function ignoreTerm(stage: Stage): Promise<void> {
  process.removeAllListeners("SIGTERM").on("SIGTERM", () => undefined)
  await say(stage, "From now on I ignore SIGTERM.")
}

export async function deaf(stage: Stage): Promise<void> {
  manners.isDeaf = true
  await say(stage, "From now on I ignore the end of my input.")
}

export async function flood(stage: Stage): Promise<void> {
  for (let piece = 0; piece < floodPieces; piece += 1) {
    stage.signal.throwIfAborted()
    await stage.tell({ sessionUpdate: "agent_message_chunk", content: { type: "text", text: floodText } })
  }
}

/** Whoever reads it sees the end of its output, and no exit: not even when it finds that it cannot answer. */
export function mute(stage: Stage): Promise<never> {
  manners.isDeaf = true
  closeSync(process.stdout.fd)
  return hang(stage)
}

export function crash(rest: string): never {
  process.stderr.write("practice: crashing, as told\n")
  process.exit(Number(rest || 1))
}

export const fail = (rest: string): never => {
  throw RequestError.internalError(undefined, rest || "an error, as told")
}

/** Twice forked, in a session of its own, with an empty environment: parent, group, session and marks in the environment are lost. */
export async function daemon(stage: Stage): Promise<void> {
  const inner = `const c = require("node:child_process").spawn("/bin/sleep", ["${daemonSeconds}"], { env: {}, detached: true, stdio: "ignore" }); c.unref(); console.log(c.pid)`
  const middle = spawn(process.execPath, ["-e", inner], { env: {}, detached: true, stdio: ["ignore", "pipe", "ignore"] })
  let printed = ""
  middle.stdout.setEncoding("utf8").on("data", (chunk: string) => (printed += chunk))
  await new Promise((resolve) => middle.once("close", resolve))
  await say(stage, `I left a daemon behind: process ${printed.trim()}, child of nobody, for ${daemonSeconds / 60} minutes.`)
}
