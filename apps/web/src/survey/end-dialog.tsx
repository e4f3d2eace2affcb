// What would end, shown before anything is; then that is ended and nobody else, and it is said what was seen afterwards.
import type { EndRefused, Found, Named } from "@corral/contracts/survey"
import { Button } from "../ui/button.tsx"
import { counted } from "../ui/counted.ts"
import { Dialog } from "../ui/dialog.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { PlanText } from "./plan-text.tsx"
import { ReportText } from "./report-text.tsx"
import { useEnd, type Ending } from "./use-end.ts"

interface EndDialogProps {
  readonly chosen: readonly Found[]
  readonly onClose: () => void
}

export const EndDialog = ({ chosen, onClose }: EndDialogProps) => {
  const ending = useEnd(chosen.map(({ pid, start }) => ({ pid, start })))
  const isEnding = ending.step.tag === "ending"
  return (
    <Dialog title={titleOf(ending)} onClose={() => !isEnding && onClose()} className="desk:max-w-2xl">
      <div className="px-5 pt-2 pb-5 text-text-2">
        <Content ending={ending} />
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Acts ending={ending} onClose={onClose} />
        </div>
      </div>
    </Dialog>
  )
}

const titleOf = ({ step }: Ending): string => {
  if (step.tag === "planning") return "What would end"
  if (step.tag === "refused")
    return step.plan.refused.every(({ tag }) => tag === "NotFound") ? "Not there any more" : "This cannot be ended here"
  if (step.tag === "planned") return `${counted(step.plan.ends.length, "process", "processes")} would end`
  if (step.tag === "ending") return "Ending…"
  if (step.tag === "failed") return "No answer"
  if (step.report.refused.length > 0) return "Nothing was ended"
  return step.report.outcome === "gone" ? "Gone" : "Not all of it could be ended"
}

const Content = ({ ending: { step } }: { readonly ending: Ending }) => {
  if (step.tag === "planning") return <Skeleton label="Looking what would end" lines={["70%", "90%", "80%"]} />
  if (step.tag === "refused") return <Refusals all={step.plan.refused} />
  if (step.tag === "planned") return <PlanText plan={step.plan} />
  if (step.tag === "ended")
    return step.report.refused.length > 0 ? <Refusals all={step.report.refused} /> : <ReportText report={step.report} />
  if (step.tag === "failed") return <p className="break-words text-attention">{step.message}</p>
  return (
    <>
      <p role="status">Each got TERM, and gets KILL after 5 s. Then it is seen whether they are gone.</p>
      {step.plan !== null && <PlanText plan={step.plan} />}
    </>
  )
}

const Refusals = ({ all }: { readonly all: readonly EndRefused[] }) => (
  <>
    <ul className="space-y-1.5">
      {all.map(({ pid, tag, message }) => (
        <li key={`${pid}.${tag}`} className="break-words text-text">
          {message}
        </li>
      ))}
    </ul>
    <p className="pt-3">Nothing is ended by half, so nothing was ended.</p>
  </>
)

const Acts = ({ ending, onClose }: { readonly ending: Ending; readonly onClose: () => void }) => {
  const { step, named, plan, carryOut } = ending
  const others = step.tag === "refused" ? withoutRefused(named, step.plan.refused) : []
  const isOver = step.tag === "ended" || step.tag === "refused"
  return (
    <>
      {others.length > 0 && <Button onClick={() => plan(others)}>Leave {others.length === named.length - 1 ? "it" : "them"} out</Button>}
      {step.tag === "failed" && (
        <Button onClick={() => (step.planId === null ? plan(named) : carryOut(step.planId, null))}>
          {step.planId === null ? "Look again" : "Ask again"}
        </Button>
      )}
      <Button weight={isOver ? "plain" : "quiet"} disabled={step.tag === "ending"} onClick={onClose} autoFocus>
        {isOver ? "Close" : "Cancel"}
      </Button>
      {step.tag === "planned" && (
        <Button weight="danger" onClick={() => carryOut(step.planId, step.plan)}>
          End {step.plan.ends.length === 1 ? "it" : `these ${step.plan.ends.length}`}
        </Button>
      )}
    </>
  )
}

/** Empty where leaving out what is refused would not help: something below the others is, or all of it. */
const withoutRefused = (named: readonly Named[], refused: readonly EndRefused[]): readonly Named[] => {
  const isNamed = refused.every(({ pid }) => named.some((one) => one.pid === pid))
  return isNamed ? named.filter(({ pid }) => refused.every((one) => one.pid !== pid)) : []
}
