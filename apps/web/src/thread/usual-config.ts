// The agent, model, effort and mode that a new thread begins with: what was taken last, else the first agent that can be used.
import type { Config, Provider } from "@corral/contracts/provider"

const key = "corral.config"

export const usualConfig = (providers: readonly Provider[]): Config | null => {
  const usable = providers.filter((provider) => provider.problem === null)
  const last = read()
  const provider = usable.find((one) => one.provider === last["provider"]) ?? usable[0]
  if (provider === undefined) return null
  const mode = provider.modes.find((one) => one === last["mode"]) ?? provider.modes[0] ?? "ask"
  const model = provider.models.find((one) => one.model === last["model"])
  const effort = model?.efforts.find((one) => one === last["effort"]) ?? null
  return { provider: provider.provider, model: model?.model ?? null, effort, mode }
}

export const keepConfig = (config: Config): void => {
  try {
    localStorage.setItem(key, JSON.stringify(config))
  } catch {
    // Without a store the next thread begins with the first agent again.
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null

const read = (): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "{}")
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
