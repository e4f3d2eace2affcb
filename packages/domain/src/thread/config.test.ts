import { ProviderId } from "@corral/contracts/ids"
import type { Config, Provider } from "@corral/contracts/provider"
import { describe, expect, it } from "vitest"
import { claude, config, messageOf, practice } from "../../test/story.ts"
import { offersEffort, refuseConfig } from "./config.ts"

const reason = (asked: Partial<Config>, providers: readonly Provider[] = [claude, practice]) => {
  const refusal = refuseConfig({ ...config, ...asked }, providers)
  return refusal?._tag === "rejected" ? refusal.rejection.reason : null
}

describe("a config", () => {
  it("that names what the provider offers is taken", () => {
    expect(reason({})).toBeNull()
  })

  it("with the provider's defaults is taken", () => {
    expect(reason({ model: null, effort: null })).toBeNull()
  })

  it("names a provider that is not there", () => {
    expect(reason({ provider: ProviderId.make("gremlin") })).toBe("unknown-provider")
  })

  it("names a provider that cannot be used now: the problem and the next step are told", () => {
    const broken = { ...claude, problem: { message: "Claude Code is not installed.", next: "Install it with npm." } }
    expect(reason({}, [broken])).toBe("provider-unavailable")
    expect(messageOf(refuseConfig(config, [broken]) ?? { _tag: "accepted", events: [], intents: [] })).toContain("Install it with npm.")
  })

  it("names a mode that the provider does not have", () => {
    expect(reason({ provider: practice.provider, model: null, effort: null, mode: "plan" })).toBe("unknown-mode")
  })

  it("names a model that the provider does not have", () => {
    expect(reason({ model: "gpt" })).toBe("unknown-model")
  })

  it("may name any model while the models are a guess", () => {
    expect(reason({ model: "opus-next", effort: "high" }, [{ ...claude, modelsKnown: false }])).toBeNull()
  })

  it("names an effort that the model does not have", () => {
    expect(reason({ model: "haiku", effort: "low" })).toBe("unknown-effort")
    expect(reason({ model: "opus", effort: "extreme" })).toBe("unknown-effort")
  })
})

describe("an effort", () => {
  it("can be had with the default model when any model has it", () => {
    expect(offersEffort(claude, null, "high")).toBe(true)
    expect(offersEffort(claude, null, "extreme")).toBe(false)
  })

  it("can be had where nothing is known of the models yet", () => {
    expect(offersEffort({ ...claude, models: [], modelsKnown: false }, null, "high")).toBe(true)
  })

  it("cannot be had from a provider that is known to have no models to choose from", () => {
    expect(offersEffort(practice, null, "high")).toBe(false)
  })
})
