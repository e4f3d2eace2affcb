// What was seen after an end: who was signalled and on what evidence, what was freed, who is left.
import type { EndReport } from "@corral/contracts/survey"
import { counted } from "../ui/counted.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatDuration, formatTimeOfDay } from "../ui/format-time.ts"

export const ReportText = ({ report: { killed, left, freedBytes, millis, checkedAt } }: { readonly report: EndReport }) => {
  const hard = killed.filter(({ signal }) => signal === "KILL").length
  return (
    <>
      <p role="status" className="numbers text-text">
        {killed.length} signalled{hard > 0 && `, ${hard} of them by KILL`}; {formatBytes(freedBytes)} freed; {left.length} left, seen at{" "}
        {formatTimeOfDay(checkedAt)}, after {formatDuration(millis)}.
      </p>
      {left.length > 0 && (
        <Processes
          name="Still there"
          tone="text-danger"
          all={left.map((one) => ({ ...one, note: `pid ${one.pid}` }))}
          foot={`${counted(left.length, "process", "processes")} could not be ended, or could not be looked at.`}
        />
      )}
      {killed.length > 0 && (
        <Processes
          name="Signalled"
          all={killed.map((one) => ({ ...one, note: `pid ${one.pid}, ${one.signal}, known by ${one.evidence}` }))}
        />
      )}
      {killed.length === 0 && left.length === 0 && <p className="pt-2">They had left by themselves.</p>}
    </>
  )
}

interface ProcessesProps {
  readonly name: string
  readonly tone?: string
  readonly all: readonly { readonly pid: number; readonly command: string; readonly note: string }[]
  readonly foot?: string
}

const Processes = ({ name, tone = "text-text-3", all, foot }: ProcessesProps) => (
  <section aria-label={name} className="pt-3 text-sec">
    <h3 className={tone}>{name}</h3>
    <ul tabIndex={0} className="numbers mt-1 max-h-[30dvh] overflow-y-auto rounded-control border border-line bg-canvas px-3 py-1.5">
      {all.map(({ pid, command, note }) => (
        <li key={pid} className="py-0.5">
          <code className="break-all text-text">{command}</code> <span className="text-text-3">{note}</span>
        </li>
      ))}
    </ul>
    {foot !== undefined && <p className="pt-1 text-text-2">{foot}</p>}
  </section>
)
