// Asks the person before a tool is used, as the mode in force demands.
import type { ToolCallUpdate } from "@agentclientprotocol/sdk"
import type { Stage } from "./session.ts"

export type Allowance = { readonly allowed: true } | { readonly allowed: false; readonly why: string }

/** `kind` is what "always" covers: every further tool of this kind in this session. */
export async function allow(stage: Stage, kind: "run" | "write", toolCall: ToolCallUpdate): Promise<Allowance> {
  const { choices, allowed, sessionId } = stage.session
  if (choices.mode === "plan") return { allowed: false, why: "Not done: the mode is plan, so nothing is touched." }
  const isFree = choices.mode === "full" || (choices.mode === "edit" && kind === "write") || allowed.has(kind)
  if (isFree) return { allowed: true }

  const always = kind === "run" ? "Allow every command in this session" : "Allow every file in this session"
  const response = await stage.client.request(
    "session/request_permission",
    {
      sessionId,
      toolCall,
      options: [
        { optionId: "once", name: "Allow", kind: "allow_once" },
        { optionId: "always", name: always, kind: "allow_always" },
        { optionId: "no", name: "Deny", kind: "reject_once" },
      ],
    },
    { cancellationSignal: stage.signal },
  )
  stage.signal.throwIfAborted()
  if (response.outcome.outcome === "cancelled") return { allowed: false, why: "Not done: the question was withdrawn." }
  if (response.outcome.optionId === "no") return { allowed: false, why: denial(response._meta?.["corral/text"]) }
  if (response.outcome.optionId === "always") allowed.add(kind)
  return { allowed: true }
}

const denial = (text: unknown): string => (typeof text === "string" && text !== "" ? `Denied: ${text}` : "Denied.")
