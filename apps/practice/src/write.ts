// Writes a file inside the project as a tool call that shows what would change.
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname, relative, resolve } from "node:path"
import { allow } from "./allow.ts"
import type { Stage } from "./session.ts"
import { nextToolCallId, textContent } from "./tool.ts"

export async function write(stage: Stage, rest: string): Promise<void> {
  const [, name = "", text = ""] = /^(\S+)\s*(.*)$/.exec(rest) ?? []
  const path = resolve(stage.session.cwd, name)
  const toolCallId = nextToolCallId()
  const oldText = await readFile(path, "utf8").catch(() => null)
  const newText = `${text}\n`
  const call = {
    toolCallId,
    title: name,
    kind: "edit",
    rawInput: { path, text },
    content: [{ type: "diff", path, oldText, newText }],
  } as const
  await stage.tell({ sessionUpdate: "tool_call", status: "pending", ...call, content: [...call.content] })

  const refusal = refusalOf(stage.session.cwd, path, name)
  const allowance =
    refusal === null ? await allow(stage, "write", { ...call, content: [...call.content] }) : { allowed: false, why: refusal }
  if ("why" in allowance) {
    await stage.tell({ sessionUpdate: "tool_call_update", toolCallId, status: "failed", content: textContent(allowance.why) })
    return
  }
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, newText)
  await stage.tell({ sessionUpdate: "tool_call_update", toolCallId, status: "completed", content: [...call.content] })
}

function refusalOf(cwd: string, path: string, name: string): string | null {
  if (name === "") return "Not done: `write` needs a path and a text."
  return relative(cwd, path).startsWith("..") ? "Not done: this agent writes inside the project only." : null
}
