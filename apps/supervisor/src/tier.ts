// The names of tiers: what can be wished for, and what a name says of those who are contained by it.
import { completeTiers, defaultTierWish, tierWishes, type TierWish } from "@corral/contracts/limits"

/** `linux-sealed`, as certificates have it, is `sealed`. Null: there is no such tier. */
export function wishOf(said: string | undefined): TierWish | null {
  if (said === undefined || said === "") return defaultTierWish
  return tierWishes.find((wish) => said === wish || said === `linux-${wish}`) ?? null
}

/** Whether everything in a tree of this tier bears the tree's token. */
export const bearsTokens = (tier: string): boolean => completeTiers.includes(tier)
