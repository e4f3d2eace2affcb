// The practice agent as a provider: shipped with Corral, so it is always there once Corral is built.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { ProviderId } from "@corral/contracts/ids"
import type { Provider } from "@corral/contracts/provider"
import * as Effect from "effect/Effect"
import { makeAcpPort } from "../acp/adapter.ts"
import type { ProviderPort } from "../provider.ts"

export const practiceId = ProviderId.make("practice")

const efforts = ["low", "medium", "high"]

export const practiceAtFirst: Provider = {
  provider: practiceId,
  name: "Practice agent",
  version: null,
  binary: null,
  problem: null,
  models: [
    { model: "calm", name: "Calm", description: "Talks at reading speed", efforts },
    { model: "quick", name: "Quick", description: "Talks as fast as it can", efforts },
  ],
  modelsKnown: true,
  modes: ["ask", "edit", "full", "plan"],
  live: ["model", "effort", "mode"],
}

export interface PracticeSurroundings {
  /** The agent's built program. */
  readonly program: string
  /** CORRAL_HOME: the agent remembers its sessions in a folder of it. */
  readonly home: string
  readonly environment: Effect.Effect<Readonly<Record<string, string>>>
}

export const makePracticePort = ({ program, home, environment }: PracticeSurroundings): ProviderPort =>
  makeAcpPort(
    {
      provider: practiceId,
      name: practiceAtFirst.name,
      command: process.execPath,
      args: [program],
      modes: { ask: "ask", edit: "edit", full: "full", plan: "plan" },
      eofMillis: 1000,
    },
    {
      environment: Effect.map(environment, (env) => ({ ...env, CORRAL_PRACTICE_HOME: join(home, "practice") })),
      probe: () => Effect.sync(() => probe(program)),
    },
  )

const probe = (program: string): Provider => ({
  ...practiceAtFirst,
  binary: program,
  problem: existsSync(program) ? null : { message: "The practice agent is not built.", next: "npm run build" },
})
