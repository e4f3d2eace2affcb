// The kinds of agent there are, wired: the only place beside their own folders that knows them by name.
import { join } from "node:path"
import type { ProviderId } from "@corral/contracts/ids"
import type { Provider } from "@corral/contracts/provider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Supervisor } from "../supervisor/supervisor.ts"
import { agentEnvironment, type Environment, type OwnVariables } from "./environment.ts"
import { makeClaudePort } from "./claude/adapter.ts"
import { isClaudesOwn } from "./claude/own-variables.ts"
import { claudeAtFirst, makeProbe } from "./claude/probe.ts"
import { readConfigured } from "./configured.ts"
import { type LearnedModels, readLearned } from "./learned.ts"
import { loginPath } from "./login-path.ts"
import { makePracticePort, practiceAtFirst } from "./practice/practice.ts"
import type { ProviderPort } from "./provider.ts"
import { Providers } from "./providers.ts"

export interface RegistryOptions {
  /** CORRAL_HOME: for what agents told of themselves, and for `agent.env`. */
  readonly home: string
  /** The server's own environment. */
  readonly own: Environment
  /** The built practice agent. */
  readonly practiceProgram: string
}

export const providersLayer = (options: RegistryOptions): Layer.Layer<Providers, never, Supervisor> =>
  Layer.effect(
    Providers,
    Effect.gen(function* () {
      const supervisor = yield* Supervisor
      // Asked of the shell once; a probe with `refresh` asks again, for the PATH may be what was mended.
      const askPath = Effect.cached(Effect.provideService(loginPath(options.own), Supervisor, supervisor))
      let path = yield* askPath
      const environment = (isOwn: OwnVariables) =>
        Effect.suspend(() => path).pipe(
          Effect.map((found) => agentEnvironment({ own: options.own, path: found, isOwn, configured: readConfigured(options.home) })),
        )
      const forClaude = environment(isClaudesOwn)
      const ports = [
        makeClaudePort({
          environment: forClaude,
          probe: makeProbe({ environment: forClaude, supervisor, named: options.own["CORRAL_CLAUDE"] || undefined }),
        }),
        makePracticePort({ program: options.practiceProgram, home: options.home, environment: environment(() => false) }),
      ]
      const registry = makeRegistry(ports, [claudeAtFirst, practiceAtFirst], readLearned(join(options.home, "providers.json")))
      const probe = Effect.fn("providers.probe")(function* (refresh: boolean) {
        if (refresh) path = yield* askPath
        const probed = yield* Effect.forEach(ports, (port) => port.probe(refresh), { concurrency: "unbounded" })
        registry.put(probed)
        return registry.known()
      })
      yield* Effect.forkScoped(probe(false))
      return Providers.of({ ...registry, probe })
    }),
  )

/** What is known, with those who want to hear of its changes. */
function makeRegistry(ports: readonly ProviderPort[], first: readonly Provider[], learned: LearnedModels) {
  const listeners = new Set<(providers: readonly Provider[]) => void>()
  const withModels = (provider: Provider): Provider => {
    const models = learned.of(provider.provider)
    return models === undefined ? provider : { ...provider, models, modelsKnown: true }
  }
  let known = first.map(withModels)
  const put = (probed: readonly Provider[]) => {
    const next = probed.map(withModels)
    if (JSON.stringify(next) === JSON.stringify(known)) return
    known = next
    for (const listener of listeners) listener(known)
  }
  return {
    put,
    known: () => known,
    port: (provider: ProviderId) => ports.find((port) => port.provider === provider),
    learn: (provider: ProviderId, models: Provider["models"]) => {
      if (learned.keep(provider, models)) put(known)
    },
    onChange: (listener: (providers: readonly Provider[]) => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
