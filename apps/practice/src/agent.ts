// The agent's side of ACP: sessions that are new or come back, their settings, their turns.
import { agent, type AgentApp, PROTOCOL_VERSION, RequestError } from "@agentclientprotocol/sdk"
import { choose, configOptions, isMode, modeState } from "./choices.ts"
import { prompt } from "./prompt.ts"
import { type Session, stageOf } from "./session.ts"
import { Sessions } from "./sessions.ts"

const version = "0.1.0"

export function makeAgent(): AgentApp {
  const sessions = new Sessions()
  return (
    agent({ name: "practice" })
      // The library asks its handlers in this order, a step each. So a prompt must come before the cancel that may follow it at once, and a
      // cancel as early as it can: it must not be overtaken by the answer that comes with it.
      .onRequest("session/prompt", ({ params, client }) => prompt(sessions.get(params.sessionId), params, client))
      .onNotification("session/cancel", ({ params }) => sessions.get(params.sessionId).turn?.abort())
      .onRequest("initialize", () => ({
        protocolVersion: PROTOCOL_VERSION,
        agentInfo: { name: "practice", title: "Practice agent", version },
        agentCapabilities: { loadSession: true, sessionCapabilities: { resume: {}, close: {} } },
      }))
      .onRequest("session/new", async ({ params }) => {
        const session = await sessions.create(params.cwd)
        return { sessionId: session.sessionId, ...offers(session) }
      })
      .onRequest("session/resume", async ({ params }) => offers(await sessions.reopen(params.sessionId, params.cwd)))
      .onRequest("session/load", async ({ params, client }) => {
        const session = await sessions.reopen(params.sessionId, params.cwd)
        const { tell } = stageOf(session, client, new AbortController().signal)
        for (const text of session.prompts) await tell({ sessionUpdate: "user_message_chunk", content: { type: "text", text } })
        return offers(session)
      })
      .onRequest("session/set_mode", ({ params }) => {
        if (!isMode(params.modeId)) throw RequestError.invalidParams({ modeId: params.modeId })
        sessions.get(params.sessionId).choices.mode = params.modeId
        return {}
      })
      .onRequest("session/set_config_option", ({ params }) => {
        const session = sessions.get(params.sessionId)
        if (!choose(session.choices, params.configId, params.value)) throw RequestError.invalidParams({ value: params.value })
        return { configOptions: configOptions(session.choices) }
      })
      .onRequest("session/close", ({ params }) => {
        sessions.close(params.sessionId)
        return {}
      })
  )
}

const offers = (session: Session) => ({ modes: modeState(session.choices), configOptions: configOptions(session.choices) })
