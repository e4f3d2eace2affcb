// What Claude Code says about itself: its session, its background tasks, retries, compaction.
import type { SDKMessage } from "@anthropic-ai/claude-agent-sdk"
import type { Conversation } from "./conversation.ts"
import { apiFailure } from "./failures.ts"

type System = Extract<SDKMessage, { type: "system" }>
type Of<S extends System["subtype"]> = Extract<System, { subtype: S }>

export function tellSystem(conversation: Conversation, message: System): void {
  const { transcript } = conversation
  switch (message.subtype) {
    case "init":
      return began(conversation, message)
    case "status":
      if (message.permissionMode !== undefined) conversation.permissionMode = message.permissionMode
      return
    case "background_tasks_changed":
      return tellBackground(conversation, message)
    case "task_notification":
      if (message.skip_transcript === true || !conversation.background.includes(message.task_id)) return
      return transcript.notice(message.status === "failed" ? "warning" : "info", message.summary)
    case "permission_denied":
      return void conversation.denied.add(message.tool_use_id)
    default:
      return tellNotice(conversation, message)
  }
}

/** Comes with the first prompt and again with each turn; /clear begins another session in the same process. */
function began(conversation: Conversation, init: Of<"init">): void {
  conversation.permissionMode = init.permissionMode
  if (conversation.sessionId !== init.session_id) {
    conversation.sessionId = init.session_id
    conversation.spec.tell({ _tag: "session", cursor: init.session_id })
  }
  // The interrupt came while the prompt was still queued, and missed it.
  if (conversation.interruptAsked !== null) void conversation.query?.interrupt().catch(() => undefined)
}

/** The whole set each time. Ambient ones are the agent's own housekeeping, no reason to stay awake. */
function tellBackground(conversation: Conversation, { tasks }: Of<"background_tasks_changed">): void {
  const alive = tasks.filter((task) => task.ambient !== true)
  const background = alive.map((task) => ({ taskId: task.task_id, kind: kinds[task.task_type] ?? task.task_type, title: task.description }))
  conversation.background = [...new Set([...conversation.background.slice(-keptTasks), ...alive.map((task) => task.task_id)])]
  conversation.alive = alive.map((task) => task.task_id)
  conversation.spec.tell({ _tag: "background", background })
}

/** A task that has just left the set is still told of; older ones are forgotten. */
const keptTasks = 100

const kinds: Readonly<Record<string, string>> = { local_bash: "command", local_agent: "agent", local_workflow: "workflow" }

function tellNotice({ transcript }: Conversation, message: System): void {
  switch (message.subtype) {
    case "api_retry":
      return transcript.notice("warning", retrySentence(message))
    case "compact_boundary":
      return transcript.notice("info", "The conversation was shortened: a summary stands for what came before.")
    case "model_refusal_fallback":
    case "model_refusal_no_fallback":
      return transcript.notice("warning", message.content)
    case "informational":
      return message.level === "warning" || message.level === "notice" ? transcript.notice("info", message.content) : undefined
    case "notification":
      return message.priority === "high" || message.priority === "immediate" ? transcript.notice("info", message.text) : undefined
    case "local_command_output":
      transcript.say("text", message.uuid, message.content)
      return transcript.endSaid(message.uuid)
    case "session_writes_lost":
      return transcript.notice(
        "error",
        "Claude Code could not save this conversation: the disk is full.",
        "Make room, or its memory is lost.",
      )
    default:
      return
  }
}

function retrySentence({ attempt, max_retries, retry_delay_ms, error_status, error }: Of<"api_retry">): string {
  const seconds = Math.max(1, Math.round(retry_delay_ms / 1000))
  const why = error_status === null ? "The API cannot be reached." : apiFailure(error, error_status).problem
  return `${why} Trying again in ${seconds} s (${attempt} of ${max_retries}).`
}
