// What a kind of agent can do, as probed on this machine.
import * as Schema from "effect/Schema"
import { ProviderId } from "./ids.ts"

/** How much an agent may do without asking: ask first, edit files freely, everything, plan only. */
export const Mode = Schema.Literals(["ask", "edit", "full", "plan"])
export type Mode = typeof Mode.Type

/** `model` and `effort` null: the provider's own default. `effort` is one of the model's `efforts`. */
export const Config = Schema.Struct({
  provider: ProviderId,
  model: Schema.NullOr(Schema.String),
  effort: Schema.NullOr(Schema.String),
  mode: Mode,
})
export type Config = typeof Config.Type

export const Model = Schema.Struct({
  model: Schema.String,
  name: Schema.String,
  description: Schema.String,
  efforts: Schema.Array(Schema.String),
})
export type Model = typeof Model.Type

/** Why a provider cannot be used now, and what a person does about it (`next` is a command or a sentence). */
export const Problem = Schema.Struct({ message: Schema.String, next: Schema.String })
export type Problem = typeof Problem.Type

/**
 * `problem` null: usable. `modelsKnown` false: the models are a guess until the agent was started once, and any name is taken.
 * `live`: what can be changed in a running process; the rest is by replace.
 */
export const Provider = Schema.Struct({
  provider: ProviderId,
  name: Schema.String,
  version: Schema.NullOr(Schema.String),
  binary: Schema.NullOr(Schema.String),
  problem: Schema.NullOr(Problem),
  models: Schema.Array(Model),
  modelsKnown: Schema.Boolean,
  modes: Schema.Array(Mode),
  live: Schema.Array(Schema.Literals(["model", "effort", "mode"])),
})
export type Provider = typeof Provider.Type
