// The page's proudest state: nothing is running, and that was checked.
import type { Certificate } from "@corral/contracts/certificate"
import type { Processes } from "@corral/contracts/tree"
import { SecondsAgo } from "../ui/ago.tsx"
import { useMinutes } from "../ui/clock.ts"
import { formatMoment } from "../ui/format-time.ts"
import { isNothingProved, nothingWords } from "./claims.ts"

interface NothingRunsProps {
  readonly seen: Processes
  /** That was seen a while ago: nothing can be seen now. */
  readonly isBlind: boolean
  /** Only what runs for one thread is shown. */
  readonly isOne: boolean
  readonly last: Certificate | null
}

export const NothingRuns = ({ seen, isBlind, isOne, last }: NothingRunsProps) => {
  const now = useMinutes()
  const isProved = isNothingProved(seen, isBlind)
  return (
    <section
      aria-label="Sessions"
      className="numbers flex flex-col items-center gap-2 rounded-panel border border-line px-6 py-14 text-center"
    >
      <svg viewBox="0 0 48 48" className={isProved ? "size-10 text-ok" : "size-10 text-attention"} aria-hidden>
        <rect
          x="3"
          y="3"
          width="42"
          height="42"
          rx="10"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeDasharray="22 10"
          strokeDashoffset="11"
        />
        {isProved && (
          <path d="m16 25 6 6 11-13" fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" />
        )}
      </svg>
      <h2 className="text-title font-semibold">{nothingWords(seen, { isBlind, isOne })}</h2>
      <p className="text-text-2">
        {isBlind ? `No session was seen at ${formatMoment(seen.checkedAt, now)}.` : "Held: 0 MB."}{" "}
        {last !== null && (
          <>
            Last stop {formatMoment(last.endedAt, now)}, {last.left} left.
          </>
        )}
      </p>
      <p className="text-sec text-text-3">
        {isBlind ? "Last checked" : seen.complete ? "Checked" : "The last look failed in part; it was"} <SecondsAgo at={seen.checkedAt} />
      </p>
    </section>
  )
}
