// An agent that outlives the server that speaks with it: its pipes as the supervisor holds them, and the server's end of its line, both
// by their own code. What is left out is the socket between them.
import { TreeId } from "@corral/contracts/ids"
import { Told } from "@corral/contracts/supervisor"
import { type Exit, holdPipes, type PipeEnds } from "@corral/supervisor/src/pipes.ts"
import { Refusal } from "@corral/supervisor/src/refusal.ts"
import * as Schema from "effect/Schema"
import { heldLine } from "../supervisor/held-line.ts"
import { makeTrees, type TreeWire } from "../supervisor/trees.ts"
import type { HeldAgent } from "./conformance-talk.ts"

export interface AgentProcess {
  readonly pid: number
  readonly ends: PipeEnds
  readonly exited: Promise<Exit>
  /** What a ladder would do. */
  readonly requestStop: () => void
}

const treeId = TreeId.make("tre_conformance")
const Frame = Schema.fromJsonString(Schema.Struct({ tell: Told }))
const toldBy = (frame: Buffer): Told => Schema.decodeUnknownSync(Frame)(frame.toString("utf8")).tell

export function holdAgent({ pid, ends, exited, requestStop }: AgentProcess): HeldAgent {
  const pipes = holdPipes(treeId, ends, exited)
  let servers = 0
  /** What a server does after it was lost, nobody hears. */
  const wireOf = (server: number): TreeWire => ({
    ack: (_, n) => {
      if (server === servers) pipes.acknowledge(n)
    },
    write: async (_, lines, bookmark) => {
      const refusal = await (server === servers ? pipes.write(lines, bookmark) : new Promise<undefined>(() => undefined))
      if (refusal instanceof Refusal) throw new Error(refusal.message)
    },
    requestStop: () => {
      if (server === servers) requestStop()
    },
  })
  return {
    attach: async () => {
      servers += 1
      const trees = makeTrees(wireOf(servers))
      const line = trees.add(treeId)
      const given = pipes.attach(null, (frame) => trees.told(toldBy(frame)))
      if (given instanceof Refusal) throw new Error(given.message)
      return heldLine(line, { pid, ...given })
    },
    detach: () => {
      servers += 1
      pipes.detach()
    },
  }
}
