// How Claude Code's tools are shown: their kind, one line for the row, and what they were given.
import { relative } from "node:path"
import type { ToolKind } from "@corral/contracts/turn"
import { diff } from "../diff.ts"

export type ToolInput = Readonly<Record<string, unknown>>

const kinds: Readonly<Record<string, ToolKind>> = {
  Bash: "command",
  PowerShell: "command",
  BashOutput: "command",
  KillShell: "command",
  Monitor: "command",
  Read: "read",
  NotebookRead: "read",
  LS: "read",
  Edit: "edit",
  MultiEdit: "edit",
  Write: "edit",
  NotebookEdit: "edit",
  Grep: "search",
  Glob: "search",
  ToolSearch: "search",
  WebSearch: "search",
  WebFetch: "fetch",
  Task: "agent",
  Agent: "agent",
  Workflow: "agent",
}

export const kindOf = (name: string): ToolKind => kinds[name] ?? "other"

/** What identifies a call in one line, in the order of what tells most. */
const telling = ["command", "file_path", "notebook_path", "pattern", "url", "query", "description", "subject", "skill", "prompt", "path"]

export function titleOf(name: string, input: ToolInput, cwd: string): string {
  const found = telling.map((key) => text(input, key)).find((value) => value !== "")
  if (found === undefined) return name
  return found.startsWith(`${cwd}/`) ? relative(cwd, found) : found
}

/** A command as it is, a change as a diff, anything else as JSON. */
export function inputOf(name: string, input: ToolInput): string {
  if (kindOf(name) === "command" && text(input, "command") !== "") return text(input, "command")
  if (name === "Edit") return diff(text(input, "file_path"), text(input, "old_string"), text(input, "new_string"))
  if (name === "Write") return diff(text(input, "file_path"), null, text(input, "content"))
  return Object.keys(input).length === 0 ? "" : JSON.stringify(input, null, 2)
}

export const text = (input: ToolInput, key: string): string => {
  const value = input[key]
  return typeof value === "string" ? value : ""
}

export const isInput = (value: unknown): value is ToolInput => typeof value === "object" && value !== null && !Array.isArray(value)
