// One turn: the prompt is a script, or free text that gets a friendly answer.
import type { AgentContext, PromptRequest, PromptResponse } from "@agentclientprotocol/sdk"
import { remember } from "./history.ts"
import { perform } from "./perform.ts"
import { parseScript } from "./script.ts"
import { type Session, stageOf } from "./session.ts"
import { ponder, say } from "./talk.ts"
import { welcome } from "./welcome.ts"

/** A made-up context window, and characters for a token: there is no model that would count. */
const windowTokens = 200_000
const charsPerToken = 4

export async function prompt(session: Session, request: PromptRequest, client: AgentContext): Promise<PromptResponse> {
  const text = request.prompt.map((block) => (block.type === "text" ? block.text : "")).join("\n")
  session.prompts.push(text)
  const turn = new AbortController()
  // Before anything is waited for: a cancel may follow the prompt at once.
  session.turn = turn
  const stage = stageOf(session, client, turn.signal)
  try {
    await remember(session.sessionId, session.prompts)
    await ponder(stage)
    const steps = parseScript(text)
    await (steps === null ? say(stage, welcome(text, session.prompts.length)) : perform(stage, steps))
    for (const speak of session.afterTurn.splice(0)) await speak()
    await stage.tell({ sessionUpdate: "usage_update", used: usedTokens(session), size: windowTokens })
    return { stopReason: "end_turn" }
  } catch (error) {
    if (turn.signal.aborted) return { stopReason: "cancelled" }
    throw error
  } finally {
    session.turn = null
  }
}

const usedTokens = (session: Session): number => Math.ceil(session.prompts.join("\n").length / charsPerToken)
