// What all tool calls of this agent share: their names and the shape of their text.
import type { ToolCallContent } from "@agentclientprotocol/sdk"
import { randomUUID } from "node:crypto"

export const nextToolCallId = (): string => `call_${randomUUID()}`

export const textContent = (text: string): ToolCallContent[] => [{ type: "content", content: { type: "text", text } }]
