// The end of what a person has chosen, in two steps: first what would end is shown, then that is ended and reported.
import { useEffect, useState } from "react"
import { Disconnected, Refused } from "@corral/client/errors"
import type { EndPlan, EndReport, Named } from "@corral/contracts/survey"
import { useLink } from "../link/link.ts"
import { lookAtMachine } from "./survey.ts"

export type EndStep =
  | { readonly tag: "planning" }
  | { readonly tag: "refused"; readonly plan: EndPlan }
  | { readonly tag: "planned"; readonly planId: string; readonly plan: EndPlan }
  | { readonly tag: "ending"; readonly plan: EndPlan | null }
  | { readonly tag: "ended"; readonly report: EndReport }
  /** `planId`: whether that plan was carried out is not known; asked again, it gives the one report there is. Null: nothing was done. */
  | { readonly tag: "failed"; readonly message: string; readonly planId: string | null }

export interface Ending {
  readonly step: EndStep
  readonly named: readonly Named[]
  /** Again, and with these. */
  readonly plan: (named: readonly Named[]) => void
  readonly carryOut: (planId: string, plan: EndPlan | null) => void
}

export const useEnd = (chosen: readonly Named[]): Ending => {
  const { connection } = useLink()
  const [named, setNamed] = useState(chosen)
  const [step, setStep] = useState<EndStep>({ tag: "planning" })
  useEffect(() => {
    let isLatest = true
    connection.call("planEnd", { named }).then(
      ({ planId, plan }) => isLatest && setStep(planId === null ? { tag: "refused", plan } : { tag: "planned", planId, plan }),
      (cause: unknown) => isLatest && setStep({ tag: "failed", message: messageOf(cause), planId: null }),
    )
    return () => {
      isLatest = false
    }
  }, [connection, named])
  const plan = (next: readonly Named[]): void => {
    setStep({ tag: "planning" })
    setNamed([...next])
  }
  const carryOut = async (planId: string, shown: EndPlan | null): Promise<void> => {
    setStep({ tag: "ending", plan: shown })
    try {
      setStep({ tag: "ended", report: await connection.call("end", { planId }) })
    } catch (cause) {
      const isUnknown = cause instanceof Refused && cause.tag === "NotFound"
      setStep({ tag: "failed", message: messageOf(cause), planId: isUnknown ? null : planId })
    }
    await lookAtMachine(connection)
  }
  return { step, named, plan, carryOut: (planId, shown) => void carryOut(planId, shown) }
}

const messageOf = (cause: unknown): string => {
  if (cause instanceof Disconnected) return "The line to the server broke before an answer came."
  return cause instanceof Error ? cause.message : "No answer came."
}
