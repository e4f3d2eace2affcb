// The port for any agent that speaks ACP: launched by its command, spoken with over its lines.
import type { Provider } from "@corral/contracts/provider"
import * as Effect from "effect/Effect"
import type { ProviderPort, SessionSpec } from "../provider.ts"
import type { AcpAgent } from "./acp-agent.ts"
import { AgentStream } from "./agent-stream.ts"
import { attach } from "./attach.ts"
import { connect, letGo, sessionOf } from "./connect.ts"
import { Conversation } from "./conversation.ts"
import { shakeHands } from "./shake-hands.ts"
import { writeState } from "./state.ts"
import { WireIds } from "./wire-ids.ts"

/** What the port needs from its surroundings. */
export interface AcpSurroundings {
  readonly environment: Effect.Effect<Readonly<Record<string, string>>>
  readonly probe: (refresh: boolean) => Effect.Effect<Provider>
}

export const makeAcpPort = (agent: AcpAgent, surroundings: AcpSurroundings): ProviderPort => ({
  provider: agent.provider,
  probe: surroundings.probe,
  open: (spec) => open(agent, surroundings, spec),
  attach: (spec) => attach(agent, spec),
})

const open = Effect.fn("acp.open")(function* (agent: AcpAgent, surroundings: AcpSurroundings, spec: SessionSpec) {
  const env = yield* surroundings.environment
  const { command, args, eofMillis } = agent
  const line = yield* spec.launch({ command, args, cwd: spec.cwd, env, farewell: [], eofMillis })
  const ids = new WireIds(0)
  const conversation = new Conversation(agent, spec, new AgentStream(line, { ids, adopted: null }))
  yield* Effect.addFinalizer(() => Effect.sync(() => letGo(conversation)))
  conversation.context = connect(conversation).agent
  yield* Effect.promise(() => conversation.stream.listen((promptId) => writeState(conversation, ids.next, promptId)))
  yield* shakeHands(conversation)
  conversation.stream.moveBookmark()
  return sessionOf(conversation)
})
