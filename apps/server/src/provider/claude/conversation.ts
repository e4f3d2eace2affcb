// One open conversation with Claude Code: what its verbs share.
import type { Query, SDKUserMessage } from "@anthropic-ai/claude-agent-sdk"
import type { Config } from "@corral/contracts/provider"
import * as Effect from "effect/Effect"
import { AgentFailed, type Exit, type HeldSpec, type SessionSpec } from "../provider.ts"
import { Silence } from "../silence.ts"
import { Transcript } from "../transcript.ts"
import { exitFailure } from "./failures.ts"
import { Prompts } from "./prompts.ts"
import type { StandIn } from "./stand-in.ts"

export const claudeName = "Claude Code"

export class Conversation {
  readonly spec: SessionSpec | HeldSpec
  readonly standIn: StandIn
  readonly transcript: Transcript
  readonly prompts = new Prompts<SDKUserMessage>()
  /** Whether this process may ever be put into the mode that asks for nothing. */
  readonly canBypass: boolean
  query: Query | null = null
  sessionId: string | null = null
  /** The message on the wire that the running turn began with. */
  messageId: string | null = null
  /** Why the running turn was asked to end: by a person, or because nothing came from the agent any more. */
  interruptAsked: "person" | "silence" | null = null
  /** Permission mode in force, as the agent says. */
  permissionMode: string | null = null
  /** Tool calls that were denied, by a person or a rule. */
  readonly denied = new Set<string>()
  /** What was ever told to go on after a turn, by the agent's own names; and what does so now. */
  background: readonly string[] = []
  alive: readonly string[] = []
  /** The config in force. */
  config: Config
  readonly silence: Silence

  constructor(parts: { readonly spec: SessionSpec | HeldSpec; readonly standIn: StandIn; readonly canBypass: boolean }) {
    this.spec = parts.spec
    this.standIn = parts.standIn
    this.canBypass = parts.canBypass
    this.config = parts.spec.config
    this.transcript = new Transcript(parts.spec.generation, parts.spec.tell)
    this.silence = new Silence(this.transcript, () => {
      this.interruptAsked = "silence"
      void this.query?.interrupt().catch(() => undefined)
    })
  }

  /** One exchange with the agent; its failure is told with the agent's own words. */
  attempt<A>(doing: string, deed: (query: Query) => Promise<A>): Effect.Effect<A, AgentFailed> {
    return Effect.tryPromise({
      try: () => (this.query === null ? Promise.reject(new Error("The conversation is not open.")) : deed(this.query)),
      catch: (error) => this.failure(doing, error),
    })
  }

  failure(doing: string, error: unknown): AgentFailed {
    const exit = this.standIn.exit
    if (exit !== null) return this.exited(doing, exit)
    const problem = error instanceof Error ? error.message : String(error)
    return new AgentFailed({ provider: this.spec.config.provider, doing, problem, next: null })
  }

  exited(doing: string, exit: Exit): AgentFailed {
    return new AgentFailed({ provider: this.spec.config.provider, doing, ...exitFailure(claudeName, exit) })
  }
}
