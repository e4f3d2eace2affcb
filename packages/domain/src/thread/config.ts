// Whether a provider offers what a config asks for.
import type { Config, Provider } from "@corral/contracts/provider"
import type { Decision } from "../decision.ts"
import { reject } from "../decision.ts"

/** The rejection for a config that cannot be had on this machine now; null: it can. */
export const refuseConfig = (config: Config, providers: readonly Provider[]): Decision | null => {
  const provider = providers.find((one) => one.provider === config.provider)
  if (provider === undefined) {
    const known = providers.map((one) => one.provider).join(", ")
    return reject("unknown-provider", `There is no provider “${config.provider}” here, only: ${known}. Nothing was changed.`)
  }
  if (provider.problem !== null)
    return reject("provider-unavailable", `${provider.problem.message} ${provider.problem.next} Nothing was changed.`)
  if (!provider.modes.includes(config.mode))
    return reject("unknown-mode", `${provider.name} has no mode “${config.mode}”, only: ${provider.modes.join(", ")}. Nothing was changed.`)
  return refuseModel(config, provider) ?? refuseEffort(config, provider)
}

/** Whether an effort can be had with a model, as far as is known; model null: the default, which may be any of them. */
export const offersEffort = (provider: Provider, model: string | null, effort: string): boolean => {
  const named = provider.models.filter((one) => one.model === model)
  const candidates = named.length === 0 ? provider.models : named
  if (candidates.length === 0) return !provider.modelsKnown
  return candidates.some((one) => one.efforts.includes(effort))
}

const refuseModel = ({ model }: Config, provider: Provider) => {
  if (model === null || !provider.modelsKnown || provider.models.some((one) => one.model === model)) return null
  const known = provider.models.map((one) => one.model).join(", ")
  return reject("unknown-model", `${provider.name} has no model “${model}”, only: ${known}. Nothing was changed.`)
}

const refuseEffort = ({ model, effort }: Config, provider: Provider) => {
  if (effort === null || offersEffort(provider, model, effort)) return null
  return reject("unknown-effort", `${provider.name} has no effort “${effort}” with ${model ?? "its default model"}. Nothing was changed.`)
}
