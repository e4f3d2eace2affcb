// For who has no agent yet, or wants to see first: the practice agent, with something written to send.
import type { Config, Provider } from "@corral/contracts/provider"
import { writeDraft } from "../turn/drafts.ts"

/** Names of the steps are the practice agent's own: it says, runs, asks. */
const sample = `say Hello. I am the practice agent: a real process, but no model. I will look at this folder, then ask before I write to it.
run ls
ask write hello-from-corral.txt Written by the practice agent.
say That is all. Put me to sleep, or archive this thread, and see on the Processes page that nothing is left.`

interface PracticeOfferProps {
  readonly providers: readonly Provider[]
  readonly onTake: (config: Config) => void
}

export const PracticeOffer = ({ providers, onTake }: PracticeOfferProps) => {
  const practice = providers.find((one) => one.provider === "practice" && one.problem === null)
  if (practice === undefined) return null
  const take = (): void => {
    writeDraft("welcome", sample)
    onTake({ provider: practice.provider, model: null, effort: null, mode: practice.modes[0] ?? "ask" })
  }
  return (
    <p className="mt-2.5 text-sec text-text-3">
      Only looking?{" "}
      <button type="button" onClick={take} className="font-medium text-accent-text underline underline-offset-2 coarse:min-h-11">
        Try it with the practice agent
      </button>
      : a real process without a model or a login.
    </p>
  )
}
