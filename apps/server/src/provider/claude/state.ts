// What a next server must know to read on where this one was: all that was known of the agent before the turn that runs.
import type { TurnId } from "@corral/contracts/ids"
import type { Conversation } from "./conversation.ts"
import type { TaskList } from "./task-list.ts"
import type { Translation } from "./translate.ts"

/** Raised whenever `State` changes: an agent whose state is of another shape cannot be taken over, and is stopped. */
const shape = "claude 1"

export interface State {
  readonly shape: typeof shape
  readonly sessionId: string | null
  readonly permissionMode: string | null
  readonly background: readonly string[]
  readonly alive: readonly string[]
  readonly about: string
  readonly told: Translated
  /** The turn that was given, with the id of its message. */
  readonly given: { readonly turnId: TurnId; readonly messageId: string } | null
}

/** What the stream has told. */
export interface Translated {
  readonly model: string
  readonly contextTokens: number | null
  readonly tasks: ReturnType<TaskList["entries"]>
}

export const writeState = (conversation: Conversation, translation: Translation): string => {
  const { sessionId, permissionMode, background, alive, transcript, messageId } = conversation
  const { turnId, about } = transcript
  const given = turnId === null || messageId === null ? null : { turnId, messageId }
  const state: State = { shape, sessionId, permissionMode, background, alive, about, told: translation.told(), given }
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
