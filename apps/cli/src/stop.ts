// corral stop: the server ends, every session before it, and both are seen to be gone.
import { setTimeout as pause } from "node:timers/promises"
import { Disconnected } from "@corral/client/errors"
import type { Command } from "commander"
import { exitCodes, Failure } from "./failure.ts"
import { home, readServerFile, type ServerFile } from "./home.ts"
import { isThere } from "./launch.ts"
import { span } from "./format.ts"
import { counted } from "./print.ts"
import { findServer, hasLeft, withConnection } from "./reach.ts"
import { give, verb, type Options } from "./verb.ts"

/** The server stops everything within 8 s; a machine under load gets twice that. */
const goneMillis = 16_000
const lookAgainMillis = 50

interface StopOptions extends Options {
  readonly now?: true
  readonly keepAgents?: true
}

export function stop(parent: Command): void {
  verb(parent, {
    words: "stop",
    about: "stop the server and every session with it",
    examples: ["corral stop", "corral stop --now", "corral stop --keep-agents && corral start"],
  })
    .option("--now", "no polite goodbye to the agents: they are ended at once")
    .option(
      "--keep-agents",
      "only the server ends, for an upgrade: agents and turns go on with the next one that starts within the hold time",
    )
    .action(async (options: StopOptions) => {
      const server = await findServer()
      if (server === undefined) return sayNothingRan(options)
      if (options.keepAgents) return keepAgents(server, options)
      const result = await shutDown(server, options.now ?? false)
      await seeGone(server)
      give(options, result, ({ stopped, left }) => [
        `stopped: ${counted(stopped, "session")} ended, ${counted(left, "process", "processes")} left`,
      ])
      if (result.left > 0) throw new Failure("Stuck", "Some processes could not be ended. Next: corral ps")
    })
}

/** Agents that wait: for how long, so that a person knows how long there is. */
async function keepAgents(server: ServerFile, options: StopOptions): Promise<void> {
  const { awake, holdMillis } = await withConnection(server, async (connection) => {
    const status = await connection.call("status", {})
    await connection.call("shutdown", { how: "restart", now: false })
    return status
  })
  await seeGone(server)
  give(options, { kept: awake, holdMillis }, ({ kept }) => [
    `stopped: the server; ${counted(kept, "session")} kept for ${span(holdMillis)}, then ended. Next: corral start`,
  ])
}

/** A server whose line broke before it could answer has ended all the same; what it left is then unknown, and said to be. */
async function shutDown(server: ServerFile, now: boolean): Promise<{ stopped: number; left: number }> {
  try {
    return await withConnection(server, (connection) => connection.call("shutdown", { how: "stop", now }))
  } catch (error) {
    if (!(error instanceof Disconnected || hasLeft(server, error))) throw error
    await seeGone(server)
    throw new Failure("Unproved", "The server ended without saying what it left. Next: corral ps")
  }
}

async function seeGone({ pid }: ServerFile): Promise<void> {
  const deadline = Date.now() + goneMillis
  while (isThere(pid)) {
    if (Date.now() > deadline) throw new Failure("Stuck", `The server (pid ${pid}) has not ended after ${goneMillis / 1000} s.`)
    await pause(lookAgainMillis)
  }
}

function sayNothingRan(options: StopOptions): void {
  const sign = readServerFile()
  if (sign !== undefined && isThere(sign.pid)) {
    const message = `The server of ${home()} (pid ${sign.pid}) does not answer. Next: end that pid by hand; its sessions are then stopped for it.`
    throw new Failure("Unreachable", message, exitCodes.unreachable)
  }
  give(options, { stopped: 0, left: 0 }, () => ["Corral was not running"])
}
