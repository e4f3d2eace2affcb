// What a person must know of the supervisor that contains the processes: that there is none, that it contains less than was asked for.
import { completeTiers, defaultTierWish, type TierWish } from "@corral/contracts/limits"
import type { SupervisorHello } from "@corral/contracts/supervisor"

type Said = Pick<SupervisorHello, "tier" | "tierReason" | "tierWish">

/** Sentences for people; none where all is as it was asked for. `wished`: by the start of this server. */
export const aboutSupervisor = (hello: Said | null, wished: TierWish): readonly string[] => {
  if (hello === null) return ["No supervisor is on the line: nothing can be started or proved stopped. See logs/supervisor.log."]
  return [...aboutTier(hello), ...aboutWish(hello, wished)]
}

const aboutTier = ({ tier, tierReason, tierWish }: Said): readonly string[] => {
  if (tierReason === null) return []
  if (tier === `linux-${tierWish}` && completeTiers.includes(tier)) return [`Processes are contained by ${tier}, but ${tierReason}.`]
  if (completeTiers.includes(tier)) return [`Processes are contained by ${tier}, which is not what was asked for: ${tierReason}.`]
  return [
    `Processes are contained by ${tier} only: ${tierReason}. One that clears its environment and leaves its parents can be missed: for such, "0 left" is not certain.`,
  ]
}

/** One that held agents for this server was started by another one. One that is older does not say how: there was nothing to ask for then. */
const aboutWish = ({ tier, tierWish = defaultTierWish }: Said, wished: TierWish): readonly string[] =>
  tierWish === wished
    ? []
    : [
        `This server was started with --tier ${wished}; its supervisor runs since before, with ${tierWish} (${tier}). The new one comes with the next supervisor. Next: corral stop, then corral start --tier ${wished}`,
      ]
