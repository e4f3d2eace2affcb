// Commands that go on after the turn. ACP has no word for them: they are told by a notification of our own, whole list each time.
import { allow } from "./allow.ts"
import { type Stage, stageOf } from "./session.ts"
import { startShell } from "./shell.ts"
import { say } from "./talk.ts"
import { nextToolCallId, textContent } from "./tool.ts"

export async function background(stage: Stage, command: string): Promise<void> {
  const toolCallId = nextToolCallId()
  const rawInput = { command, background: true }
  const call = { toolCallId, title: `${command} (in the background)`, kind: "execute", rawInput } as const
  await stage.tell({ sessionUpdate: "tool_call", status: "pending", ...call })
  const allowance = await allow(stage, "run", call)
  if (!allowance.allowed) {
    await stage.tell({ sessionUpdate: "tool_call_update", toolCallId, status: "failed", content: textContent(allowance.why) })
    return
  }
  const shell = startShell(command, stage.session.cwd)
  stage.session.background.set(toolCallId, shell)
  await tellBackground(stage)
  // Fails when nobody reads any more; a deaf agent goes on.
  shell.done.then(({ code }) => finish(stage, toolCallId, code)).catch(() => undefined)
  await stage.tell({
    sessionUpdate: "tool_call_update",
    toolCallId,
    status: "completed",
    content: textContent(`Started as process ${shell.pid}.`),
  })
}

/** Most end while no turn runs: then this agent speaks by itself, as agents do. */
async function finish(stage: Stage, toolCallId: string, code: number | null): Promise<void> {
  const { session, client } = stage
  const shell = session.background.get(toolCallId)
  session.background.delete(toolCallId)
  await tellBackground(stage)
  const unasked = stageOf(session, client, new AbortController().signal)
  const speak = () => say(unasked, `The background command \`${shell?.command}\` ended with exit code ${code}.`)
  if (session.turn === null) await speak()
  else session.afterTurn.push(speak)
}

function tellBackground(stage: Stage): Promise<void> {
  const tasks = [...stage.session.background].map(([taskId, shell]) => ({ taskId, kind: "command", title: shell.command }))
  return stage.client.notify("_corral/background", { sessionId: stage.session.sessionId, tasks })
}
