// A running agent is taken over from a server that was lost: no handshake, and what it said since its bookmark is read again.
import * as Effect from "effect/Effect"
import { AgentFailed, type Attached, type HeldSpec } from "../provider.ts"
import type { AcpAgent } from "./acp-agent.ts"
import { AgentStream } from "./agent-stream.ts"
import { connect, letGo, sessionOf } from "./connect.ts"
import { Conversation } from "./conversation.ts"
import { resumeTurn } from "./start.ts"
import { readState, writeState, type State } from "./state.ts"
import { WireIds } from "./wire-ids.ts"

export const attach = Effect.fn("acp.attach")(function* (agent: AcpAgent, spec: HeldSpec) {
  const state = readState(spec.state)
  if (state === null) return yield* Effect.fail(unreadable(spec))
  const ids = new WireIds(state.base)
  const stream = new AgentStream(spec.line, { ids, adopted: state.given?.promptId ?? null })
  const conversation = restored(new Conversation(agent, spec, stream), state)
  yield* Effect.addFinalizer(() => Effect.sync(() => letGo(conversation)))
  conversation.context = connect(conversation).agent
  const turnId = state.given?.turnId ?? null
  if (turnId !== null) yield* resumeTurn(conversation, turnId)
  yield* Effect.promise(() => stream.listen((promptId) => writeState(conversation, ids.next, promptId)))
  yield* Effect.promise(() => stream.heard(spec.said))
  if (stream.exit !== null) return yield* Effect.fail(conversation.failure("attach", null))
  const attached: Attached = { session: sessionOf(conversation), turnId }
  return attached
})

/** Its config was brought to the agent by the former server, or is owed and will be. */
function restored(conversation: Conversation, state: State): Conversation {
  const { agent, spec, transcript, translation } = conversation
  conversation.sessionId = state.sessionId
  conversation.canClose = state.canClose
  conversation.modeId = state.modeId === null ? null : (agent.modes[spec.config.mode] ?? state.modeId)
  conversation.options = state.options
  conversation.defaults = new Map(state.defaults)
  transcript.comeAfter(state.about)
  translation.goOn(state)
  return conversation
}

const unreadable = ({ config }: HeldSpec): AgentFailed =>
  new AgentFailed({
    provider: config.provider,
    doing: "attach",
    problem: "Its former server left no word from where to read on.",
    next: null,
  })
