// Options that are more than text: times, ports, modes, providers. A wrong one is wrong usage, before anything is done.
import { isProviderId } from "@corral/client/ids"
import type { StopReason } from "@corral/contracts/certificate"
import type { ProviderId } from "@corral/contracts/ids"
import type { TierWish } from "@corral/contracts/limits"
import type { Mode } from "@corral/contracts/provider"
import { InvalidArgumentError, Option } from "commander"
import { parseSpan } from "./format.ts"

const largestPort = 65_535
/** What Linux allows at most. */
const largestPid = 4_194_304
const largestPage = 1_000

export function spanOption(flags: string, about: string): Option {
  return new Option(flags, about).argParser((text) => {
    const millis = parseSpan(text)
    if (millis === undefined) throw new InvalidArgumentError("Times are written like 90s, 30m, 2h or 1d.")
    return millis
  })
}

const sizes: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }

export function sizeOption(flags: string, about: string): Option {
  return new Option(flags, about).argParser((text) => {
    const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)([KMG])B?$/i.exec(text) ?? []
    const bytes = Math.round(Number(number) * (sizes[unit.toUpperCase()] ?? 0))
    if (bytes > 0) return bytes
    throw new InvalidArgumentError("Sizes are written like 500M or 2G.")
  })
}

export function portOption(): Option {
  return new Option("--port <port>", "where to listen; 0: any free one (default: 4150)").argParser((text) =>
    wholeNumber(text, 0, largestPort),
  )
}

export function percentOption(flags: string, about: string): Option {
  return new Option(flags, about).argParser((text) => wholeNumber(text, 0, 100))
}

export function countOption(flags: string, about: string): Option {
  return new Option(flags, about).argParser((text) => wholeNumber(text, 0, largestPid))
}

export function limitOption(fallback: number): Option {
  return new Option("--limit <count>", "at most so many").default(fallback).argParser((text) => wholeNumber(text, 1, largestPage))
}

/** As many as are named. */
export function pidsOption(flags: string, about: string): Option {
  return new Option(flags, about).argParser((text, before: readonly number[] | undefined) => [
    ...(before ?? []),
    wholeNumber(text, 1, largestPid),
  ])
}

const modes: readonly Mode[] = ["ask", "edit", "full", "plan"]

export function modeOption(): Option {
  return new Option("--mode <mode>", "how much the agent may do without asking").choices(modes)
}

/** A record, so that the compiler misses none. */
const stopReasons: Readonly<Record<StopReason, true>> = {
  stop: true,
  archive: true,
  delete: true,
  replace: true,
  switch: true,
  idle: true,
  memory: true,
  room: true,
  "memory-limit": true,
  budget: true,
  shutdown: true,
  "server-lost": true,
  "supervisor-lost": true,
  "boot-sweep": true,
  exited: true,
  stray: true,
}

export function reasonOption(): Option {
  return new Option("--reason <reason>", "only those that were stopped for this").choices(Object.keys(stopReasons))
}

/** Those for tests are asked for by CORRAL_TIER. */
const tiers: readonly TierWish[] = ["token", "sealed", "cgroup", "auto"]

export function tierOption(about: string): Option {
  return new Option("--tier <tier>", about).choices(tiers)
}

export function providerOption(): Option {
  return new Option("--provider <provider>", "the kind of agent: claude, practice").argParser((text): ProviderId => {
    if (isProviderId(text)) return text
    throw new InvalidArgumentError("That cannot be the name of a provider.")
  })
}

function wholeNumber(text: string, least: number, most: number): number {
  const value = Number(text)
  if (text.trim() !== "" && Number.isInteger(value) && value >= least && value <= most) return value
  throw new InvalidArgumentError(`A whole number from ${least} to ${most} is due.`)
}
