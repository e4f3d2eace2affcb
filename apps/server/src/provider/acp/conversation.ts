// One open conversation over ACP: what its verbs share.
import { type ClientContext, RequestError, type SessionConfigOption } from "@agentclientprotocol/sdk"
import * as Effect from "effect/Effect"
import { exitSentence } from "../exit-sentence.ts"
import { AgentFailed, type HeldSpec, type SessionSpec } from "../provider.ts"
import { Transcript } from "../transcript.ts"
import type { AcpAgent } from "./acp-agent.ts"
import type { AgentStream } from "./agent-stream.ts"
import { Silence } from "../silence.ts"
import { Translation } from "./translate.ts"

export class Conversation {
  readonly agent: AcpAgent
  readonly spec: SessionSpec | HeldSpec
  readonly stream: AgentStream
  readonly transcript: Transcript
  readonly translation: Translation
  readonly silence: Silence
  /** The running turn was ended because nothing came any more. */
  gaveUp = false
  /** Known once the handshake is done. */
  context: ClientContext | null = null
  sessionId = ""
  canClose = false
  isLoading = false
  modeId: string | null = null
  /** What the agent lets be chosen, with what is in force. */
  options: readonly SessionConfigOption[] = []
  /** What was in force before anything was chosen, by option. */
  defaults: ReadonlyMap<string, string> = new Map()

  constructor(agent: AcpAgent, spec: SessionSpec | HeldSpec, stream: AgentStream) {
    this.agent = agent
    this.spec = spec
    this.stream = stream
    this.transcript = new Transcript(spec.generation, spec.tell)
    this.translation = new Translation(this.transcript)
    this.silence = new Silence(this.transcript, () => this.#giveUp())
  }

  /** One exchange with the agent; its failure is told with the agent's own words. */
  attempt<A>(doing: string, deed: (context: ClientContext) => Promise<A>): Effect.Effect<A, AgentFailed> {
    return Effect.tryPromise({
      try: () => (this.context === null ? Promise.reject(new Error("The conversation is not open.")) : deed(this.context)),
      catch: (error) => this.failure(doing, error),
    })
  }

  /** The agent may not even hear this; its turn has ended for us all the same. */
  #giveUp(): void {
    this.gaveUp = true
    this.transcript.requests.withdrawAll()
    void this.context?.notify("session/cancel", { sessionId: this.sessionId }).catch(() => undefined)
  }

  failure(doing: string, error: unknown): AgentFailed {
    const needsLogin = error instanceof RequestError && error.code === authRequiredCode
    const next = needsLogin ? `Log in with ${this.agent.name} in a terminal, then send again.` : null
    return new AgentFailed({ provider: this.agent.provider, doing, problem: this.problemOf(error), next })
  }

  problemOf(error: unknown): string {
    const { exit } = this.stream
    if (exit !== null) return exitSentence(this.agent.name, exit)
    return error instanceof Error ? error.message.replace(/^Internal error: /, "") : String(error)
  }
}

/** ACP's own code for a login that is missing. */
const authRequiredCode = -32_000
