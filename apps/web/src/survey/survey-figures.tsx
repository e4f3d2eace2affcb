// The five numbers over a survey.
import type { Survey } from "@corral/contracts/survey"
import { useMinutes } from "../ui/clock.ts"
import { Figure } from "../ui/figure.tsx"
import { quantityOfBytes } from "../ui/format-bytes.ts"
import { formatMoment } from "../ui/format-time.ts"
import { summaryOf } from "./summary.ts"

export const SurveyFigures = ({ survey, isOld }: { readonly survey: Survey; readonly isOld: boolean }) => {
  const now = useMinutes()
  const { agents, servers, orphans } = summaryOf(survey)
  const held = quantityOfBytes(survey.memoryBytes)
  const tone = isOld ? { tone: "text-attention" } : {}
  const asOf = isOld ? `as of ${formatMoment(survey.checkedAt, now)}` : null
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-panel border border-line bg-line desk:grid-cols-5 *:bg-surface">
      <Figure name="Coding agents" number={String(agents)} note={asOf} {...tone} />
      <Figure name="MCP servers" number={String(servers)} note={asOf} {...tone} />
      <Figure name="Processes" number={String(survey.processes)} note={asOf ?? "with all below them"} {...tone} />
      <Figure name="Memory" number={held.number} unit={held.unit} note={asOf ?? "all together"} {...tone} />
      <Figure
        name="Likely orphans"
        number={String(orphans)}
        note={asOf ?? (orphans === 0 ? "nobody without a starter" : "their starter is gone")}
        className="col-span-2 desk:col-span-1"
        {...(orphans > 0 ? { tone: "text-danger" } : tone)}
      />
    </dl>
  )
}
