// A live agent is brought to a thread's config; what it does not offer needs a new process.
import type { SessionConfigOption } from "@agentclientprotocol/sdk"
import type { Config, Model } from "@corral/contracts/provider"
import * as Effect from "effect/Effect"
import type { Conversation } from "./conversation.ts"

export const tuneSession = Effect.fn("acp.tune")(function* (conversation: Conversation, config: Config) {
  if (config.provider !== conversation.agent.provider) return "replace" as const
  yield* setMode(conversation, config)
  for (const [category, wanted] of [
    ["model", config.model],
    ["thought_level", config.effort],
  ] as const) {
    const option = optionOf(conversation, category)
    if (option === undefined && wanted !== null) return "replace" as const
    const value = wanted ?? (option === undefined ? undefined : conversation.defaults.get(option.id))
    if (option === undefined || value === undefined || option.currentValue === value) continue
    yield* setOption(conversation, option, value)
  }
  return "tuned" as const
})

const setMode = (conversation: Conversation, config: Config) => {
  const { agent, sessionId, modeId } = conversation
  const wanted = agent.modes[config.mode]
  if (wanted === undefined) return Effect.fail(conversation.failure("tune", new Error(`${agent.name} has no mode "${config.mode}".`)))
  if (modeId === null || modeId === wanted) return Effect.void
  return conversation
    .attempt("tune", (context) => context.request("session/set_mode", { sessionId, modeId: wanted }))
    .pipe(Effect.map(() => (conversation.modeId = wanted)))
}

const setOption = (conversation: Conversation, option: SelectOption, value: string) => {
  const { agent, sessionId } = conversation
  if (!valuesOf(option).some((choice) => choice.value === value)) {
    return Effect.fail(conversation.failure("tune", new Error(`${agent.name} has no ${option.name.toLowerCase()} "${value}".`)))
  }
  return conversation
    .attempt("tune", (context) => context.request("session/set_config_option", { sessionId, configId: option.id, value }))
    .pipe(Effect.map((response) => (conversation.options = response.configOptions)))
}

type SelectOption = Extract<SessionConfigOption, { type: "select" }>

function optionOf(conversation: Conversation, category: string): SelectOption | undefined {
  return conversation.options.filter((option) => option.type === "select").find((option) => option.category === category)
}

const valuesOf = (option: SelectOption) => option.options.flatMap((each) => ("options" in each ? each.options : [each]))

/** What was in force before anything was chosen: the provider's default. */
export const defaultsOf = (options: readonly SessionConfigOption[]): ReadonlyMap<string, string> =>
  new Map(options.filter((option) => option.type === "select").map((option) => [option.id, option.currentValue]))

/** Empty: the agent offers no choice of model. */
export function modelsOf(conversation: Conversation): readonly Model[] {
  const model = optionOf(conversation, "model")
  const effort = optionOf(conversation, "thought_level")
  const efforts = effort === undefined ? [] : valuesOf(effort).map(({ value }) => value)
  if (model === undefined) return []
  return valuesOf(model).map(({ value, name, description }) => ({ model: value, name, description: description ?? "", efforts }))
}
