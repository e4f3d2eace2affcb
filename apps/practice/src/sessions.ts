// The sessions of this process by their id: made new, brought back from what is remembered, let go.
import { RequestError } from "@agentclientprotocol/sdk"
import { randomUUID } from "node:crypto"
import { firstChoices } from "./choices.ts"
import { remember, remembered } from "./history.ts"
import type { Session } from "./session.ts"

export class Sessions {
  readonly #sessions = new Map<string, Session>()

  async create(cwd: string): Promise<Session> {
    const sessionId = randomUUID()
    await remember(sessionId, [])
    return this.#open(sessionId, cwd, [])
  }

  async reopen(sessionId: string, cwd: string): Promise<Session> {
    const prompts = await remembered(sessionId)
    if (prompts === null) throw RequestError.resourceNotFound(sessionId)
    return this.#open(sessionId, cwd, prompts)
  }

  get(sessionId: string): Session {
    const session = this.#sessions.get(sessionId)
    if (session === undefined) throw RequestError.resourceNotFound(sessionId)
    return session
  }

  /** Ends its turn and its background commands. */
  close(sessionId: string): void {
    const session = this.get(sessionId)
    session.turn?.abort()
    for (const shell of session.background.values()) shell.end()
    this.#sessions.delete(sessionId)
  }

  #open(sessionId: string, cwd: string, prompts: string[]): Session {
    const session: Session = {
      sessionId,
      cwd,
      choices: { ...firstChoices },
      prompts,
      allowed: new Set(),
      background: new Map(),
      turn: null,
      afterTurn: [],
    }
    this.#sessions.set(sessionId, session)
    return session
  }
}
