// With what this server was started: the environment is the one place, read once; a bad value is named, never guessed at.
import { homedir } from "node:os"
import { join, resolve } from "node:path"
import { defaultTierWish, tierWishes, type TierWish } from "@corral/contracts/limits"
import * as Result from "effect/Result"
import { readOtlp, type OtlpSettings } from "./otlp-settings.ts"

export interface Settings {
  readonly home: string
  readonly host: string
  readonly port: number
  readonly idleMillis: number
  readonly holdMillis: number
  /** Below this share of free memory idle sessions sleep early; 0: never. */
  readonly memoryFloorPercent: number
  /** A turn without a sign of work for so long is shown as stalled; 0: never. */
  readonly stallMillis: number
  readonly otlp: OtlpSettings
  /** How a supervisor that this server starts shall contain processes. */
  readonly tier: TierWish
  /** Most sessions awake at once; 0: as many as memory allows. */
  readonly mostAwake: number
  /** The most memory that one session may hold; 0: as much as it wants. */
  readonly memoryLimitBytes: number
}

/** What a start was refused for; `next` is what a person does about it. */
export interface BadSetting {
  readonly message: string
  readonly next: string
}

const defaults = {
  port: 4150,
  idleMillis: 30 * 60_000,
  holdMillis: 30_000,
  memoryFloorPercent: 10,
  stallMillis: 10 * 60_000,
  mostAwake: 0,
  memoryLimitBytes: 0,
}
/** A timer of the platform holds at most this, about 24 days. */
const longestMillis = 2 ** 31 - 1

/** More pids than that no system hands out. */
const mostSessions = 4_194_304

type Environment = Readonly<Record<string, string | undefined>>

export const readSettings = (env: Environment): Result.Result<Settings, BadSetting> => {
  const numbers = {
    port: whole(env, { name: "CORRAL_PORT", most: 65_535, fallback: defaults.port }),
    idleMillis: whole(env, { name: "CORRAL_IDLE_MILLIS", most: longestMillis, fallback: defaults.idleMillis }),
    memoryFloorPercent: whole(env, { name: "CORRAL_MEMORY_FLOOR", most: 100, fallback: defaults.memoryFloorPercent }),
    stallMillis: whole(env, { name: "CORRAL_STALL_MILLIS", most: longestMillis, fallback: defaults.stallMillis }),
    mostAwake: whole(env, { name: "CORRAL_MOST_AWAKE", most: mostSessions, fallback: defaults.mostAwake }),
    memoryLimitBytes: whole(env, { name: "CORRAL_MEMORY_LIMIT", most: Number.MAX_SAFE_INTEGER, fallback: defaults.memoryLimitBytes }),
    holdMillis: whole(env, { name: "CORRAL_HOLD_MILLIS", most: longestMillis, fallback: defaults.holdMillis }),
  }
  const home = homeIn(env)
  const tier = tierIn(env)
  return Result.all({ ...numbers, home, tier }).pipe(
    Result.map((read) => ({ ...read, host: env["CORRAL_HOST"] || "127.0.0.1", otlp: readOtlp(env) })),
  )
}

/** The kernel's room for the name of a socket, less the NUL at its end; macOS has four less. */
const maxSocketBytes = process.platform === "darwin" ? 103 : 107

const homeIn = (env: Environment): Result.Result<string, BadSetting> => {
  const home = resolve(env["CORRAL_HOME"] || join(homedir(), ".corral"))
  const bytes = Buffer.byteLength(join(home, "supervisor.sock"))
  if (bytes <= maxSocketBytes) return Result.succeed(home)
  return Result.fail({
    message: `CORRAL_HOME is too long: with the supervisor's socket in it ${home} has ${bytes} bytes, and ${maxSocketBytes} are possible.`,
    next: "Choose a shorter folder.",
  })
}

/** The full names, as certificates have them, are understood too. */
const tierIn = (env: Environment): Result.Result<TierWish, BadSetting> => {
  const text = env["CORRAL_TIER"] || defaultTierWish
  const tier = tierWishes.find((wish) => text === wish || text === `linux-${wish}`)
  if (tier !== undefined) return Result.succeed(tier)
  return Result.fail({ message: `CORRAL_TIER is “${text}”.`, next: `Give one of ${tierWishes.join(", ")}.` })
}

interface Setting {
  readonly name: string
  readonly most: number
  readonly fallback: number
}

const whole = (env: Environment, { name, most, fallback }: Setting): Result.Result<number, BadSetting> => {
  const text = env[name]
  if (text === undefined || text === "") return Result.succeed(fallback)
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value <= most) return Result.succeed(value)
  return Result.fail({ message: `${name} is “${text}”.`, next: `Give a whole number from 0 to ${most}.` })
}
