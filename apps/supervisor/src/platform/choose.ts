// Which containment is in force here, found by trying it, and why it is not the one that was asked for.
import type { TierWish } from "@corral/contracts/limits"
import type { Containment } from "./containment.ts"
import { darwin } from "./darwin.ts"
import { findLeaves } from "./leaves.ts"
import { readSeer, whoIsHidden } from "./hidden.ts"
import { linux, type LinuxTier } from "./linux.ts"
import { parseLimits, readLimits, type Limits } from "./proc.ts"
import { findProgram, tryOut } from "./programs.ts"
import { findSeal } from "./seal.ts"
import { installOf, mintInstall, mintToken } from "../token.ts"
import { wishOf } from "../tier.ts"
import { whyNotWindows } from "./win32.ts"

/** Nothing limits us: above every token. */
const noCeiling = 1n << 63n

type Wrapper = (token: string) => readonly string[]

interface Way {
  readonly program: string
  readonly limit: keyof Limits
  readonly wrap: (path: string) => Wrapper
}

/** How a token can be set, best first. Each execs what follows it, so that the pid stays. */
const ways: readonly Way[] = [
  { program: "prlimit", limit: "locks", wrap: (path) => (token) => [path, `--locks=${token}:${token}`, "--"] },
  { program: "sh", limit: "locks", wrap: (path) => (token) => [path, "-c", 'ulimit -w "$0" && exec "$@"', token] },
  { program: "bash", limit: "locks", wrap: (path) => (token) => [path, "-c", 'ulimit -x "$0" && exec "$@"', token] },
]
/**
 * Inside a session of another Corral our tokens stand in another limit, so that all of ours still bear that one's too and go with it; inside of
 * two, in a third one. Where this does not work, ours go below a token in the same limit, and its Corral knows ours by descent only: the
 * innermost, if that can be chosen. No shell's unit fits here.
 */
const waysInside: readonly Way[] = [
  { program: "prlimit", limit: "resident", wrap: (path) => (token) => [path, `--rss=${token}:${token}`, "--"] },
  ...ways,
]
const waysFurtherInside: readonly Way[] = [
  { program: "prlimit", limit: "realtime", wrap: (path) => (token) => [path, `--rttime=${token}:${token}`, "--"] },
  ...waysInside,
]

export interface Choice {
  /** The value of CORRAL_TIER. */
  readonly wish: string | undefined
  readonly install: number
  readonly platform: string
  /** A sweep launches nothing: it needs no way to set tokens, only to read them. */
  readonly role: "supervisor" | "sweep"
}

/** A text where this system cannot contain anything. What is asked for and not to be had gives the next lower tier, with the reason. */
export function chooseContainment({ wish, install, platform, role }: Choice): Containment | string {
  if (platform === "win32") return whyNotWindows
  if (platform === "darwin") return darwin({ tier: "darwin", tierReason: "best effort: macOS has no mark that a process cannot shed" })
  if (platform !== "linux") return `Corral does not know how to contain processes on ${platform}.`
  const wished = wishOf(wish)
  if (wished === "ps") return darwin({ tier: "linux-ps", tierReason: "asked for by CORRAL_TIER" })
  if (wished === "plain") return plain(install, "asked for by CORRAL_TIER")
  if (role === "sweep") return plain(install, "a sweep launches nothing")
  const marked = byToken(install)
  if (typeof marked === "string") return plain(install, marked)
  return linux(seen(wished === null ? { ...marked.tier, tierReason: `there is no tier ${wish}` } : raise(marked, wished)))
}

/** A mark proves nothing about whom nobody can see. */
function seen(tier: LinuxTier): LinuxTier {
  const hidden = whoIsHidden(readSeer())
  return hidden === null ? tier : because(tier, hidden)
}

interface Marked {
  readonly tier: LinuxTier
  /** The command that bore the token of the test, and that token. */
  readonly tested: readonly [readonly string[], string]
}

/** The token tier, and what was asked for around it. */
function raise({ tier, tested }: Marked, wished: TierWish): LinuxTier {
  if (wished === "sealed") {
    const seal = findSeal(...tested)
    return typeof seal === "string" ? unmet(tier, wished, seal) : { ...tier, tier: "linux-sealed", seal }
  }
  if (wished !== "cgroup" && wished !== "auto") return tier
  const leaves = findLeaves(tier.install)
  if (typeof leaves !== "string") return { ...tier, tier: "linux-cgroup", leaves }
  return wished === "auto" ? tier : unmet(tier, wished, leaves)
}

const unmet = (tier: LinuxTier, wished: TierWish, why: string): LinuxTier => because(tier, `${wished} cannot be had here: ${why}`)

/** Beside what is said already. */
const because = (tier: LinuxTier, reason: string): LinuxTier => ({
  ...tier,
  tierReason: tier.tierReason === null ? reason : `${tier.tierReason}; ${reason}`,
})

/** Our tokens took the place of another Corral's. */
const knownByDescent =
  "no place was left for its marks beside those of the Corrals that it runs in (there are three, and two of them need prlimit): one of these knows what is started here by parents and sessions only, and can miss a daemon"

function byToken(install: number): Marked | string {
  const own = readLimits("self")
  const bears = (limit: keyof Limits): boolean => installOf(own[limit] ?? "") !== null
  const inside = bears("resident") ? waysFurtherInside : waysInside
  let hasRoom = false
  for (const { program, limit, wrap } of bears("locks") || bears("resident") ? inside : ways) {
    const tokenCeiling = BigInt(own[limit] ?? noCeiling)
    // Not of this install: a supervisor that serves it already would take the test for a stray.
    const token = mintToken(mintInstall(), tokenCeiling, () => false)
    const path = findProgram(program)
    hasRoom ||= token !== null
    if (token === null || path === null || !bearsIt(wrap(path), token)) continue
    const tierReason = bears(limit) ? knownByDescent : null
    const tier = { tier: "linux-token", tierReason, install, wrapper: wrap(path), tokenCeiling } as const
    return { tier, tested: [wrap(path)(token), token] }
  }
  if (!hasRoom) return "Corral runs inside too many Corrals: no room for another token below the limit of file locks"
  return "a limit of file locks that was set did not come back: install util-linux for its prlimit, or leave the sandbox"
}

function plain(install: number, tierReason: string): Containment {
  return linux({ tier: "linux-plain", tierReason, install, wrapper: null, tokenCeiling: null })
}

function bearsIt(wrapper: Wrapper, token: string): boolean {
  const { code, output } = tryOut([...wrapper(token), "cat", "/proc/self/limits"])
  return code === 0 && Object.values(parseLimits(output)).includes(token)
}
