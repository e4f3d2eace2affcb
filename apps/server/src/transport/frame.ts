// Reads what a client sends: JSON text of a known shape, or the reason why it is not.
import type { ClientFrame, Refusal } from "@corral/contracts/rpc"

export interface BadFrame {
  readonly id: number | null
  readonly error: Refusal
}

export const readFrame = (text: string): ClientFrame | BadFrame => {
  const value = parsed(text)
  if (value === undefined) return bad(null, "This frame is not JSON.")
  if (typeof value !== "object" || value === null || !("id" in value)) return bad(null, "A frame is an object with an id.")
  const { id } = value
  if (typeof id !== "number" || !Number.isSafeInteger(id)) return bad(null, "The id of a frame is a whole number.")
  return asked(id, value) ?? bad(id, "A frame has one of: call, watch, unwatch.")
}

const asked = (id: number, value: object): ClientFrame | undefined => {
  const payload = "with" in value ? value.with : undefined
  if ("call" in value && typeof value.call === "string") return { id, call: value.call, with: payload }
  if ("watch" in value && typeof value.watch === "string") return { id, watch: value.watch, with: payload }
  return "unwatch" in value && value.unwatch === true ? { id, unwatch: true } : undefined
}

export const bad = (id: number | null, message: string): BadFrame => ({ id, error: { tag: "BadFrame", message } })

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
