// A live Claude Code is brought to a thread's config: model, effort and mode never need a new process.
import type { EffortLevel, PermissionMode } from "@anthropic-ai/claude-agent-sdk"
import type { Config, Mode } from "@corral/contracts/provider"
import * as Effect from "effect/Effect"
import { AgentFailed } from "../provider.ts"
import type { Conversation } from "./conversation.ts"

export const permissionModes: Readonly<Record<Mode, PermissionMode>> = {
  ask: "default",
  edit: "acceptEdits",
  full: "bypassPermissions",
  plan: "plan",
}

const efforts: readonly EffortLevel[] = ["low", "medium", "high", "xhigh", "max"]

/** Undefined: the provider's default. */
export const effortOf = (config: Config): EffortLevel | undefined => efforts.find((effort) => effort === config.effort)

/** Undefined: the provider's default, which Claude Code itself lists under this name. */
export const modelOf = (config: Config): string | undefined =>
  config.model === null || config.model === "default" ? undefined : config.model

export const tuneSession = Effect.fn("claude.tune")(function* (conversation: Conversation, config: Config) {
  const before = conversation.config
  if (config.provider !== before.provider) return "replace" as const
  if (config.mode === "full" && !conversation.canBypass) return yield* Effect.fail(refusesFull(config))
  if (modelOf(config) !== modelOf(before)) yield* conversation.attempt("tune", (query) => query.setModel(modelOf(config)))
  if (effortOf(config) !== effortOf(before)) {
    yield* conversation.attempt("tune", (query) => query.applyFlagSettings({ effortLevel: effortOf(config) ?? null }))
  }
  const mode = permissionModes[config.mode]
  if (conversation.permissionMode !== mode) {
    yield* conversation.attempt("tune", (query) => query.setPermissionMode(mode))
    conversation.permissionMode = mode
  }
  conversation.config = config
  return "tuned" as const
})

/** Claude Code itself refuses it for root, unless the machine is said to be a sandbox. */
export const canBypassWith = (env: Readonly<Record<string, string>>): boolean => process.getuid?.() !== 0 || env["IS_SANDBOX"] === "1"

export const refusesFull = (config: Config): AgentFailed =>
  new AgentFailed({
    provider: config.provider,
    doing: "start",
    problem: "Claude Code refuses the mode full for root.",
    next: "Choose another mode, or set IS_SANDBOX=1 in agent.env if this machine is a sandbox.",
  })
