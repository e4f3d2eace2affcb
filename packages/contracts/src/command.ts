// Every order there is. A client may give `ClientCommand`; the rest are facts that the server's own hands record.
import * as Schema from "effect/Schema"
import { CommandId } from "./ids.ts"
import { AddProject, RemoveProject, RenameProject } from "./project.ts"
import {
  HibernateRuntime,
  KeepRuntime,
  LimitRuntime,
  RecordBackground,
  RecordFailed,
  RecordSession,
  RecordStarted,
  RecordStopped,
  RecordWaking,
  StopRuntime,
  WakeRuntime,
} from "./runtime.ts"
import { ArchiveThread, CreateThread, DeleteThread, RenameThread, SetThread, UnarchiveThread } from "./thread.ts"
import { AnswerTurn, CompleteTurn, InterruptTurn, RecordRequest, RecordSent, RecordTurn, RecordWithdrawn, StartTurn } from "./turn.ts"

export const ClientCommand = Schema.Union([
  AddProject,
  RenameProject,
  RemoveProject,
  CreateThread,
  RenameThread,
  SetThread,
  ArchiveThread,
  UnarchiveThread,
  DeleteThread,
  StartTurn,
  InterruptTurn,
  AnswerTurn,
  WakeRuntime,
  KeepRuntime,
  StopRuntime,
])
export type ClientCommand = typeof ClientCommand.Type

export const HandCommand = Schema.Union([
  RecordSent,
  RecordTurn,
  RecordRequest,
  RecordWithdrawn,
  CompleteTurn,
  RecordWaking,
  RecordStarted,
  RecordSession,
  RecordBackground,
  RecordFailed,
  RecordStopped,
  HibernateRuntime,
  LimitRuntime,
])
export type HandCommand = typeof HandCommand.Type

export type Command = ClientCommand | HandCommand

/** What a client sends to be done. */
export const Dispatch = Schema.Struct({ commandId: CommandId, command: ClientCommand })
export type Dispatch = typeof Dispatch.Type
