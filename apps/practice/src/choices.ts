// What can be chosen in a session: mode, model and effort, as ACP offers them.
import type { SessionConfigOption, SessionModeState } from "@agentclientprotocol/sdk"

export interface Choices {
  mode: "ask" | "edit" | "full" | "plan"
  model: string
  effort: string
}

export const firstChoices: Readonly<Choices> = { mode: "ask", model: "calm", effort: "low" }

const modes = [
  { id: "ask", name: "Ask", description: "Asks before it writes or runs anything" },
  { id: "edit", name: "Edit", description: "Writes files freely, asks before it runs a command" },
  { id: "full", name: "Full", description: "Asks for nothing" },
  { id: "plan", name: "Plan", description: "Touches nothing" },
] as const

const models = [
  { value: "calm", name: "Calm", description: "Talks at reading speed" },
  { value: "quick", name: "Quick", description: "Talks as fast as it can" },
]

const efforts = [
  { value: "low", name: "Low", description: "Does not think aloud" },
  { value: "medium", name: "Medium", description: "Thinks one thought first" },
  { value: "high", name: "High", description: "Thinks three thoughts first" },
]

export const isMode = (id: string): id is Choices["mode"] => modes.some((mode) => mode.id === id)

export const modeState = (choices: Choices): SessionModeState => ({ currentModeId: choices.mode, availableModes: [...modes] })

export const configOptions = (choices: Choices): SessionConfigOption[] => [
  { type: "select", id: "model", name: "Model", category: "model", currentValue: choices.model, options: models },
  { type: "select", id: "effort", name: "Effort", category: "thought_level", currentValue: choices.effort, options: efforts },
]

/** False: there is no such option or value, and nothing changed. */
export function choose(choices: Choices, option: string, value: unknown): boolean {
  const offered = option === "model" ? models : option === "effort" ? efforts : []
  const chosen = offered.find((each) => each.value === value)
  if (chosen === undefined) return false
  if (option === "model") choices.model = chosen.value
  else choices.effort = chosen.value
  return true
}
