// What every command means: the table of contents of what can be asked. Pure; a rejection is a value.
import type { Command } from "@corral/contracts/command"
import type { Decision } from "./decision.ts"
import { decideAddProject } from "./project/add.ts"
import { decideRemoveProject } from "./project/remove.ts"
import { decideRenameProject } from "./project/rename.ts"
import { decideHibernateRuntime } from "./runtime/hibernate.ts"
import { decideKeepRuntime } from "./runtime/keep.ts"
import { decideLimitRuntime } from "./runtime/limit.ts"
import { decideRecordBackground } from "./runtime/record-background.ts"
import { decideRecordFailed } from "./runtime/record-failed.ts"
import { decideRecordSession } from "./runtime/record-session.ts"
import { decideRecordStarted } from "./runtime/record-started.ts"
import { decideRecordStopped } from "./runtime/record-stopped.ts"
import { decideRecordWaking } from "./runtime/record-waking.ts"
import { decideStopRuntime } from "./runtime/stop.ts"
import { decideWakeRuntime } from "./runtime/wake.ts"
import type { Circumstances, World } from "./state.ts"
import { decideArchiveThread } from "./thread/archive.ts"
import { decideCreateThread } from "./thread/create.ts"
import { decideDeleteThread } from "./thread/delete.ts"
import { decideRenameThread } from "./thread/rename.ts"
import { decideSetThread } from "./thread/set.ts"
import { decideUnarchiveThread } from "./thread/unarchive.ts"
import { decideAnswerTurn } from "./turn/answer.ts"
import { decideCompleteTurn } from "./turn/complete.ts"
import { decideInterruptTurn } from "./turn/interrupt.ts"
import { decideRecordRequest } from "./turn/record-request.ts"
import { decideRecordSent } from "./turn/record-sent.ts"
import { decideRecordWithdrawn } from "./turn/record-withdrawn.ts"
import { decideRecordTurn } from "./turn/record.ts"
import { decideStartTurn } from "./turn/start.ts"

export const decide = (world: World, command: Command, circumstances: Circumstances): Decision => {
  switch (command._tag) {
    case "project.add":
      return decideAddProject(world, command, circumstances)
    case "project.rename":
      return decideRenameProject(world, command)
    case "project.remove":
      return decideRemoveProject(world, command)
    case "thread.create":
      return decideCreateThread(world, command, circumstances)
    case "thread.rename":
      return decideRenameThread(world, command)
    case "thread.set":
      return decideSetThread(world, command, circumstances)
    case "thread.archive":
      return decideArchiveThread(world, command)
    case "thread.unarchive":
      return decideUnarchiveThread(world, command)
    case "thread.delete":
      return decideDeleteThread(world, command)
    case "turn.start":
      return decideStartTurn(world, command)
    case "turn.interrupt":
      return decideInterruptTurn(world, command)
    case "turn.answer":
      return decideAnswerTurn(world, command)
    case "turn.record-sent":
      return decideRecordSent(world, command)
    case "turn.record":
      return decideRecordTurn(world, command)
    case "turn.record-request":
      return decideRecordRequest(world, command)
    case "turn.record-withdrawn":
      return decideRecordWithdrawn(world, command)
    case "turn.complete":
      return decideCompleteTurn(world, command)
    case "runtime.wake":
      return decideWakeRuntime(world, command)
    case "runtime.keep":
      return decideKeepRuntime(world, command, circumstances)
    case "runtime.stop":
      return decideStopRuntime(world, command)
    case "runtime.hibernate":
      return decideHibernateRuntime(world, command, circumstances)
    case "runtime.limit":
      return decideLimitRuntime(world, command)
    case "runtime.record-waking":
      return decideRecordWaking(world, command)
    case "runtime.record-started":
      return decideRecordStarted(world, command)
    case "runtime.record-session":
      return decideRecordSession(world, command)
    case "runtime.record-background":
      return decideRecordBackground(world, command)
    case "runtime.record-failed":
      return decideRecordFailed(world, command)
    case "runtime.record-stopped":
      return decideRecordStopped(world, command)
  }
}
