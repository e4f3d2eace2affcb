// Runs a shell command as a tool call, its output told while it comes.
import { allow } from "./allow.ts"
import { untilAborted } from "./pace.ts"
import type { Stage } from "./session.ts"
import { type Shell, startShell } from "./shell.ts"
import { nextToolCallId, textContent } from "./tool.ts"

/** How often growing output is told; each telling repeats the whole output. */
const outputMillis = 150

export async function run(stage: Stage, command: string): Promise<void> {
  const toolCallId = nextToolCallId()
  const rawInput = { command, cwd: stage.session.cwd }
  await stage.tell({ sessionUpdate: "tool_call", toolCallId, title: command, kind: "execute", status: "pending", rawInput })
  const allowance = await allow(stage, "run", { toolCallId, title: command, kind: "execute", rawInput })
  if (!allowance.allowed) {
    await stage.tell({ sessionUpdate: "tool_call_update", toolCallId, status: "failed", content: textContent(allowance.why) })
    return
  }
  await stage.tell({ sessionUpdate: "tool_call_update", toolCallId, status: "in_progress" })
  const shell = startShell(command, stage.session.cwd)
  await follow(stage, toolCallId, shell)
}

/** A tool that says nothing until it ends. It asks nobody: misbehaving is what it is for. */
export async function silentTool(stage: Stage, rest: string): Promise<void> {
  const seconds = Number(rest) || 600
  const toolCallId = nextToolCallId()
  const title = `sleep ${seconds}`
  await stage.tell({ sessionUpdate: "tool_call", toolCallId, title, kind: "execute", status: "in_progress", rawInput: { command: title } })
  await follow(stage, toolCallId, startShell(title, stage.session.cwd))
}

async function follow(stage: Stage, toolCallId: string, shell: Shell): Promise<void> {
  let told = ""
  const tellOutput = () => {
    if (shell.output() === told) return
    told = shell.output()
    // Fails when nobody reads any more; a deaf agent goes on.
    stage.tell({ sessionUpdate: "tool_call_update", toolCallId, content: textContent(told) }).catch(() => undefined)
  }
  const ticking = setInterval(tellOutput, outputMillis)
  try {
    const { code, signal } = await Promise.race([shell.done, untilAborted(stage.signal)])
    const ending = code === 0 ? "" : `\n[ended with ${signal ?? `exit code ${code}`}]`
    const content = textContent(`${shell.output()}${ending}`)
    await stage.tell({ sessionUpdate: "tool_call_update", toolCallId, status: code === 0 ? "completed" : "failed", content })
  } finally {
    clearInterval(ticking)
    if (stage.signal.aborted) shell.end()
  }
}
