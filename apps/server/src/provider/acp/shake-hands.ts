// The first words with an agent: what it can do, then a session that is new or comes back.
import {
  type ClientContext,
  type InitializeResponse,
  type LoadSessionRequest,
  type NewSessionResponse,
  PROTOCOL_VERSION,
} from "@agentclientprotocol/sdk"
import * as Effect from "effect/Effect"
import type { AgentFailed } from "../provider.ts"
import type { Conversation } from "./conversation.ts"
import { defaultsOf, modelsOf, tuneSession } from "./tune.ts"

export const shakeHands = Effect.fn("acp.shake-hands")(function* (conversation: Conversation) {
  const { spec } = conversation
  const able = yield* conversation.attempt("start", (context) =>
    context.request("initialize", {
      protocolVersion: PROTOCOL_VERSION,
      clientInfo: { name: "corral", title: "Corral", version: "0.1.0" },
      // Files are the agent's own business: advertising them makes some agents write through us, badly.
      clientCapabilities: {
        fs: { readTextFile: false, writeTextFile: false },
        terminal: false,
        elicitation: { form: {} },
        session: { notices: {} },
      },
    }),
  )
  const opened = yield* openSession(conversation, able)
  conversation.sessionId = opened.sessionId
  conversation.canClose = able.agentCapabilities?.sessionCapabilities?.close !== undefined
  conversation.options = opened.configOptions ?? []
  conversation.defaults = defaultsOf(conversation.options)
  conversation.modeId = opened.modes?.currentModeId ?? null
  spec.tell({ _tag: "session", cursor: opened.sessionId })
  const models = modelsOf(conversation)
  if (models.length > 0) spec.tell({ _tag: "models", models })
  yield* tuneSession(conversation, spec.config)
})

/** A cursor that the agent no longer knows gives a new session, and says so: a thread must not be lost with its agent's memory. */
const openSession = (conversation: Conversation, able: InitializeResponse): Effect.Effect<NewSessionResponse, AgentFailed> => {
  const { cursor, cwd } = conversation.spec
  const create = conversation.attempt("start", (context) => context.request("session/new", { cwd, mcpServers: [] }))
  if (cursor === null) return create
  return comeBack(conversation, able, cursor).pipe(
    Effect.catch((failure) => {
      if (conversation.stream.exit !== null) return Effect.fail(failure)
      conversation.transcript.notice(
        "warning",
        `${conversation.agent.name} no longer knows this conversation; it starts anew, without its memory.`,
        failure.problem,
      )
      return create
    }),
  )
}

const comeBack = (conversation: Conversation, able: InitializeResponse, cursor: string): Effect.Effect<NewSessionResponse, AgentFailed> => {
  const { cwd } = conversation.spec
  const known = { sessionId: cursor, cwd, mcpServers: [] }
  const canResume = (able.agentCapabilities?.sessionCapabilities?.resume ?? null) !== null
  if (!canResume && able.agentCapabilities?.loadSession !== true) {
    return Effect.fail(conversation.failure("resume", new Error("It cannot bring conversations back.")))
  }
  return conversation.attempt("resume", async (context) => {
    if (canResume) return { ...(await context.request("session/resume", known)), sessionId: cursor }
    const loaded = await load(conversation, context, known)
    return { ...loaded, sessionId: cursor }
  })
}

/** Loading tells the whole history again, which the thread has already; resuming does not. */
async function load(conversation: Conversation, context: ClientContext, known: LoadSessionRequest) {
  conversation.isLoading = true
  try {
    const { modes, configOptions } = await context.request("session/load", known)
    return { modes: modes ?? null, configOptions: configOptions ?? null }
  } finally {
    conversation.isLoading = false
  }
}
