// The port: what Corral asks of a kind of agent, and what an agent tells. One suite (conformance.ts) holds all adapters to it.
// An adapter speaks a protocol over lines; it never starts, signals or ends a process: the supervisor does, behind `AgentLine`.
import type { Config, Model, Provider } from "@corral/contracts/provider"
import type { Background } from "@corral/contracts/runtime"
import type { ProviderId, RequestId, ThreadId, TurnId } from "@corral/contracts/ids"
import type { Live } from "@corral/contracts/rpc"
import type { Answer, Piece, Request, TurnOutcome, Usage } from "@corral/contracts/turn"
import * as Schema from "effect/Schema"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** The agent could not be started, reached or understood. `next`: what a person does about it. */
export class AgentFailed extends Schema.TaggedError<AgentFailed>()("AgentFailed", {
  provider: Schema.String,
  doing: Schema.String,
  problem: Schema.String,
  next: Schema.NullOr(Schema.String),
}) {
  override get message() {
    return this.next === null ? this.problem : `${this.problem} ${this.next}`
  }
}

/** What is to be launched for a session. `env` is the whole environment, built from the allow-list (environment.ts). */
export interface Launch {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Lines that say goodbye when no server is left to do it. */
  readonly farewell: readonly string[]
  /** How long this agent is given after EOF, in ms. */
  readonly eofMillis: number
}

/** How the root process ended, with the tail of what it wrote to stderr. */
export interface Exit {
  readonly code: number | null
  readonly signal: string | null
  readonly stderr: string
}

/** The pipes of a launched agent, held by the supervisor. Whole lines, each once, in order. */
export interface AgentLine {
  readonly pid: number
  /**
   * Resolves when the lines are in the agent's pipe; rejects once the agent is gone. The bookmark is moved in the same moment as the lines
   * are written; no lines: only that.
   */
  readonly write: (lines: readonly string[], bookmark: Bookmark | null) => Promise<void>
  /** One listener; `n` counts from 1 and never back. What came before it was set is delivered first. */
  readonly onLine: (listener: (line: string, n: number) => void) => void
  readonly onExit: (listener: (exit: Exit) => void) => void
  /** Asks for the ladder (a protocol library that ends stdin or kills means this). Never waits. */
  readonly requestStop: () => void
}

/**
 * From where the next server reads on, should this one be lost: after line `after` (null: as before), with what it must know to understand
 * what follows, in the adapter's own words.
 */
export interface Bookmark {
  readonly after: number | null
  readonly state: string
}

/** What an agent tells while it runs. `piece` is stored; `live` is shown at once and never stored. */
export type AgentEvent =
  | { readonly _tag: "session"; readonly cursor: string }
  | { readonly _tag: "models"; readonly models: readonly Model[] }
  | { readonly _tag: "live"; readonly live: Live }
  | { readonly _tag: "piece"; readonly piece: Piece }
  | { readonly _tag: "request"; readonly request: Request }
  | { readonly _tag: "withdrawn"; readonly requestId: RequestId }
  | { readonly _tag: "background"; readonly background: readonly Background[] }
  /** `turnId` null: a turn that the agent began by itself. */
  | {
      readonly _tag: "ended"
      readonly turnId: TurnId | null
      readonly outcome: TurnOutcome
      readonly error: string | null
      readonly usage: Usage | null
    }

interface AnySession {
  readonly threadId: ThreadId
  readonly generation: number
  readonly cwd: string
  readonly config: Config
  /** By which a former session is resumed; null: a new one. */
  readonly cursor: string | null
  /** Told synchronously, in order; must not throw. */
  readonly tell: (event: AgentEvent) => void
  /** Resolves when everything told so far is durable: only then may the bookmark pass it. Never rejects; may never resolve. */
  readonly recorded: () => Promise<void>
}

export interface SessionSpec extends AnySession {
  /** Launches through the supervisor; called at most once per session. */
  readonly launch: (launch: Launch) => Effect.Effect<AgentLine, AgentFailed>
}

/** A session whose agent runs, opened by a server that was lost. */
export interface HeldSpec extends AnySession {
  /** Begins again after the bookmark: what the agent said since is told once more, then what comes. */
  readonly line: AgentLine
  /** What the bookmark holds; null: it was never moved. */
  readonly state: string | null
  /** The number of the last line that is told once more; 0: there is none. */
  readonly said: number
}

/** An open conversation with a live agent. Verbs on a dead agent fail with AgentFailed. */
export interface Session {
  /** Gives a turn to the agent; done when the agent has taken it. The end is told as `ended`. */
  readonly start: (turnId: TurnId, text: string) => Effect.Effect<void, AgentFailed>
  /** Asks the running turn to end; told as `ended` with outcome `interrupted`. No turn: nothing happens. */
  readonly interrupt: Effect.Effect<void, AgentFailed>
  readonly answer: (requestId: RequestId, answer: Answer) => Effect.Effect<void, AgentFailed>
  /** Brings the live process to `config`; `replace`: this change needs a new process. */
  readonly tune: (config: Config) => Effect.Effect<"tuned" | "replace", AgentFailed>
  /** A person waits on though nothing is heard: an adapter that ends silent turns counts anew from now. No turn: nothing happens. */
  readonly waitOn: Effect.Effect<void>
  /** The polite goodbye, rung 0: end a running turn and background tasks. The stop goes on whatever it answers, or after 1 s. */
  readonly goodbye: Effect.Effect<void, AgentFailed>
}

export interface Attached {
  readonly session: Session
  readonly turnId: TurnId | null
}

export interface ProviderPort {
  readonly provider: ProviderId
  /** What this machine offers; never fails: a `problem` says what is missing. Cheap after the first time unless `refresh`. */
  readonly probe: (refresh: boolean) => Effect.Effect<Provider>
  /** Launches and shakes hands. Closing the scope lets go of the conversation; it does not stop processes. */
  readonly open: (spec: SessionSpec) => Effect.Effect<Session, AgentFailed, Scope.Scope>
  /**
   * Takes a running agent over, without a handshake. What it said since the bookmark is told again before this is done, row by row as the
   * first time: the same ids, the same offsets. `turnId`: the turn that it was given and whose end is not behind the bookmark.
   */
  readonly attach: (spec: HeldSpec) => Effect.Effect<Attached, AgentFailed, Scope.Scope>
}
