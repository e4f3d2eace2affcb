// What the conformance suite must know of one kind of agent: how it is launched, and what to say so that it does what a case needs.
import type { ProviderPort } from "./provider.ts"
import type { OpenTalk, Talk, Talker } from "./conformance-talk.ts"

export interface Subject extends Talker {
  /** Prompts by which this subject's agent does what the suite needs; null: it cannot, and the case is left out. */
  readonly prompts: {
    readonly say: (text: string) => string
    readonly slow: string
    /** Text that streams for some seconds, and the same each time. */
    readonly stream: string
    readonly command: (command: string) => string
    readonly ask: (question: string, one: string, other: string) => string
    readonly fail: string
    readonly recall: string | null
  }
  /** Begins a turn in which the agent's process ends. */
  readonly crash: (talk: Talk) => Promise<unknown>
  /** Ends the process of an agent that nobody listens to; done when it has ended. */
  readonly kill: (talk: Talk) => Promise<unknown>
  /** Resolves when a command of the agent has made this file. */
  readonly made: (file: string) => Promise<unknown>
  /** Another model of this provider, and an effort. */
  readonly other: { readonly model: string; readonly effort: string }
  /** How it looks when the agent cannot start; null: it always can. */
  readonly broken: { readonly port: ProviderPort; readonly says: RegExp } | null
}

/** Opens a talk that is closed after the test. */
export type Open = (from?: Partial<OpenTalk>) => Promise<Talk>
