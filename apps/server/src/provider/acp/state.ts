// What a next server must know to read on where this one was: all that was agreed with the agent before the turn that runs.
import type { SessionConfigOption } from "@agentclientprotocol/sdk"
import type { TurnId } from "@corral/contracts/ids"
import type { Conversation } from "./conversation.ts"
import type { Translation } from "./translate.ts"

/** Raised whenever `State` changes: an agent whose state is of another shape cannot be taken over, and is stopped. */
const shape = "acp 1"

export interface State {
  readonly shape: typeof shape
  /** Where the next server's ids begin. */
  readonly base: number
  readonly sessionId: string
  readonly canClose: boolean
  readonly modeId: string | null
  readonly options: readonly SessionConfigOption[]
  readonly defaults: readonly (readonly [string, string])[]
  readonly count: number
  readonly context: Translation["context"]
  readonly about: string
  /** The turn that was given, with the id of its prompt on the wire. */
  readonly given: { readonly turnId: TurnId; readonly promptId: number } | null
}

export const writeState = (conversation: Conversation, base: number, promptId: number | null): string => {
  const { transcript, translation, sessionId, canClose, modeId, options, defaults } = conversation
  const { turnId } = transcript
  const state: State = {
    shape,
    base,
    sessionId,
    canClose,
    modeId,
    options,
    defaults: [...defaults],
    count: translation.count,
    context: translation.context,
    about: transcript.about,
    given: turnId === null || promptId === null ? null : { turnId, promptId },
  }
  return JSON.stringify(state)
}

/** Null: there is none that we could read. */
export const readState = (text: string | null): State | null => {
  if (text === null) return null
  const value: unknown = JSON.parse(text)
  return isState(value) ? value : null
}

/** Written by ourselves in the shape that it names. */
const isState = (value: unknown): value is State => typeof value === "object" && value !== null && "shape" in value && value.shape === shape
