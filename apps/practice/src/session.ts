// One conversation: what was chosen, what was said, the turn that runs now and the commands that outlast it.
import type { AgentContext, SessionUpdate } from "@agentclientprotocol/sdk"
import type { Choices } from "./choices.ts"
import type { Shell } from "./shell.ts"

export interface Session {
  readonly sessionId: string
  readonly cwd: string
  readonly choices: Choices
  /** Every prompt so far, this one too. */
  readonly prompts: string[]
  /** Kinds of tool that were allowed for good. */
  readonly allowed: Set<string>
  readonly background: Map<string, Shell>
  turn: AbortController | null
  /** What waits to be said until no turn runs. */
  readonly afterTurn: (() => Promise<void>)[]
}

/** What a step gets: its session, the end of its turn, and the way to the client. */
export interface Stage {
  readonly session: Session
  readonly signal: AbortSignal
  readonly client: AgentContext
  /** Resolves when the update is on its way: waiting for it is what keeps a fast agent from filling the memory of both. */
  readonly tell: (update: SessionUpdate) => Promise<void>
}

export const stageOf = (session: Session, client: AgentContext, signal: AbortSignal): Stage => ({
  session,
  signal,
  client,
  tell: (update) => client.notify("session/update", { sessionId: session.sessionId, update }),
})
