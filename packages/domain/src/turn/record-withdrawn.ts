// The agent no longer waits for an answer. One that a person has answered meanwhile stays answered.
import type { RecordWithdrawn } from "@corral/contracts/turn"
import type { Decision } from "../decision.ts"
import { accept } from "../decision.ts"
import { onGeneration } from "../on-thread.ts"
import type { World } from "../state.ts"
import { closedRequests } from "./answer.ts"

export const decideRecordWithdrawn = (world: World, command: RecordWithdrawn): Decision =>
  onGeneration(world, command, (thread) => accept(closedRequests(thread, (request) => request.requestId === command.requestId)))
