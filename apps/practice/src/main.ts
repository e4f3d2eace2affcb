// The practice agent: a real agent process that speaks ACP over stdio, without a model and without a login. The prompt is the script.
import { ndJsonStream } from "@agentclientprotocol/sdk"
import { Readable, Writable } from "node:stream"
import { makeAgent } from "./agent.ts"
import { manners } from "./misbehave.ts"
import { endShells } from "./shell.ts"

/** A deaf agent needs something to wait for, or Node would end it with its input. */
const deafMillis = 60_000
const termExitCode = 143

const leave = (code: number) => {
  endShells()
  process.exit(code)
}

process.on("SIGTERM", () => leave(termExitCode))
process.stdout.on("error", () => undefined) // nobody reads any more: the end of the input says so too

const connection = makeAgent().connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)))
await connection.closed
if (manners.isDeaf) setInterval(() => undefined, deafMillis)
else leave(0)
