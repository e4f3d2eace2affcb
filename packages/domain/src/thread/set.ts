// A thread gets another model, effort, mode or provider. The live process is tuned where it can be, else stopped: the next wake uses it.
import type { Config, Provider } from "@corral/contracts/provider"
import type { SetThread, Thread, ThreadSet } from "@corral/contracts/thread"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { onActiveThread } from "../on-thread.ts"
import { isHosted } from "../runtime/hosted.ts"
import { stopOf } from "../runtime/stop.ts"
import type { Circumstances, World } from "../state.ts"
import { offersEffort, refuseConfig } from "./config.ts"

const tunables = ["model", "effort", "mode"] as const

export const decideSetThread = (world: World, command: SetThread, { providers }: Circumstances): Decision =>
  onActiveThread(world, command.threadId, (thread) => {
    const config = wanted(thread.config, command, providers)
    const changed = [...tunables, "provider" as const].filter((key) => config[key] !== thread.config[key])
    if (changed.length === 0) return accept([])
    return refuseConfig(config, providers) ?? change(thread, config, providers)
  })

export const evolveThreadSet = (thread: Thread, event: ThreadSet): Thread => {
  const sameProvider = event.config.provider === thread.config.provider
  // A cursor means nothing to another provider.
  return { ...thread, config: event.config, runtime: sameProvider ? thread.runtime : { ...thread.runtime, cursor: null } }
}

/** What another provider or model does not have and nobody asked for falls back to the default. */
const wanted = (old: Config, command: SetThread, providers: readonly Provider[]): Config => {
  const provider = command.provider ?? old.provider
  const sameProvider = provider === old.provider
  const model = command.model !== undefined ? command.model : sameProvider ? old.model : null
  const offering = providers.find((one) => one.provider === provider)
  const keepsEffort = sameProvider && old.effort !== null && offering !== undefined && offersEffort(offering, model, old.effort)
  const effort = command.effort !== undefined ? command.effort : keepsEffort ? old.effort : null
  return { provider, model, effort, mode: command.mode ?? old.mode }
}

const change = (thread: Thread, config: Config, providers: readonly Provider[]): Decision => {
  const { threadId, runtime } = thread
  const wasSet = { _tag: "thread.was-set", threadId, config } as const
  const how = howToChange(thread, config, providers)
  if (how === "next-wake") return accept([wasSet])
  if (how === "tune") return accept([wasSet], [{ _tag: "runtime.tune", threadId }])
  if (thread.turn !== null && runtime.state !== "stopping")
    return reject(
      "turn-already-running",
      `This change needs a new process, and thread “${thread.title}” is in the middle of a turn; stop it or wait. The thread stays as it is.`,
    )
  const stop = stopOf(thread, how)
  return accept([wasSet, ...stop.events], stop.intents)
}

const howToChange = ({ runtime, config: old }: Thread, config: Config, providers: readonly Provider[]) => {
  if (!isHosted(runtime)) return "next-wake"
  if (config.provider !== old.provider) return "switch"
  if (runtime.state === "stopping" || runtime.state === "stuck") return "next-wake"
  const live = providers.find((one) => one.provider === config.provider)?.live ?? []
  return tunables.every((key) => config[key] === old[key] || live.includes(key)) ? "tune" : "replace"
}
