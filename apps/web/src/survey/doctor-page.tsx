// Every coding agent and MCP server on this machine, whoever started it: whose, how that is known, what it holds; and the way to end some.
import { useEffect, useState } from "react"
import { Link as RouteLink } from "@tanstack/react-router"
import { maxNamed } from "@corral/contracts/limits"
import type { SurveyHere } from "@corral/contracts/rpc"
import type { Found } from "@corral/contracts/survey"
import { useLink } from "../link/link.ts"
import { useConnection } from "../link/use-connection.ts"
import { SecondsAgo } from "../ui/ago.tsx"
import { Button } from "../ui/button.tsx"
import { useMinutes } from "../ui/clock.ts"
import { counted } from "../ui/counted.ts"
import { formatMoment } from "../ui/format-time.ts"
import { Skeleton } from "../ui/skeleton.tsx"
import { useLate } from "../ui/use-late.ts"
import { EndDialog } from "./end-dialog.tsx"
import { groupsOf } from "./found-groups.ts"
import { FoundTable } from "./found-table.tsx"
import { NobodyFound } from "./nobody-found.tsx"
import { namedOf } from "./selection.ts"
import { lookAtMachine, useSurvey } from "./survey.ts"
import { SurveyFigures } from "./survey-figures.tsx"

/** Longer than a look takes: then it is said what is waited for. */
const lateMillis = 2_000
/** So long without an answer, and a person may ask again. */
const retryMillis = 10_000
const noneChosen: ReadonlySet<string> = new Set()

export const DoctorPage = () => {
  const { connection } = useLink()
  const { survey, problem } = useSurvey()
  const isOpen = useConnection().tag === "open"
  const [chosen, setChosen] = useState(noneChosen)
  const [asked, setAsked] = useState<readonly Found[] | null>(null)
  useEffect(() => {
    if (isOpen) void lookAtMachine(connection)
  }, [connection, isOpen])
  const choose = (keys: readonly string[], isChosen: boolean): void => {
    const next = new Set(chosen)
    for (const key of keys)
      if (isChosen) next.add(key)
      else next.delete(key)
    setChosen(next)
  }
  const named = survey === null ? [] : namedOf(survey.found, chosen)
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-8 desk:px-6">
        <div className="mx-auto max-w-300">
          <Head isOpen={isOpen} />
          {problem !== null && <Problem why={problem} at={survey?.checkedAt ?? null} />}
          {survey === null && problem === null && <Waiting />}
          {survey !== null && <Seen survey={survey} isOld={problem !== null} chosen={chosen} onChoose={choose} />}
        </div>
      </div>
      {named.length > 0 && <ChosenBar count={named.length} onClear={() => setChosen(noneChosen)} onAsk={() => setAsked(named)} />}
      {asked !== null && <EndDialog chosen={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

const Head = ({ isOpen }: { readonly isOpen: boolean }) => {
  const { connection } = useLink()
  const { isLooking } = useSurvey()
  // A supervisor that hangs never answers, and may have been woken since.
  const isHanging = useLate(isLooking, retryMillis)
  return (
    <header className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <h1 className="text-title font-semibold">Doctor</h1>
      <p className="order-1 min-w-0 basis-full text-sec text-text-3 desk:order-none desk:basis-auto">
        every coding agent and MCP server on this machine, whoever started it
      </p>
      <span className="flex-1" />
      <Button disabled={(isLooking && !isHanging) || !isOpen} onClick={() => void lookAtMachine(connection)}>
        {isLooking && !isHanging ? "Looking…" : "Look again"}
      </Button>
    </header>
  )
}

const Problem = ({ why, at }: { readonly why: string; readonly at: number | null }) => {
  const now = useMinutes()
  return (
    <p role="status" className="pb-3 break-words text-attention">
      <span aria-hidden>▲ </span>
      {why} {at !== null && `Below is what was seen at ${formatMoment(at, now)}.`}
    </p>
  )
}

const Waiting = () => {
  const isLate = useLate(true, lateMillis)
  return (
    <>
      <Skeleton label="Looking at the machine" lines={["100%", "100%", "100%"]} />
      {isLate && <p className="pt-3 text-text-3">The supervisor has not answered yet. It is waited for.</p>}
    </>
  )
}

interface SeenProps {
  readonly survey: SurveyHere
  /** A later look failed. */
  readonly isOld: boolean
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (keys: readonly string[], isChosen: boolean) => void
}

const memories = {
  "shared-once": "Memory is that of each with all below it; what these processes share is counted once.",
  resident: "Memory is that of each with all below it, as RSS, which counts what processes share for each of them.",
} as const

const Seen = ({ survey, isOld, chosen, onChoose }: SeenProps) =>
  survey.found.length === 0 ? (
    <NobodyFound at={survey.checkedAt} isOld={isOld} />
  ) : (
    <div className="space-y-3">
      <SurveyFigures survey={survey} isOld={isOld} />
      {groupsOf(survey.found).map((group) => (
        <FoundTable key={group.key} group={group} survey={survey} chosen={chosen} onChoose={onChoose} />
      ))}
      <p className="text-sec text-text-3">
        {memories[survey.memory]} A name puts a program on this list and does nothing else; nothing is ended unasked. Seen{" "}
        <SecondsAgo at={survey.checkedAt} />. What Corral itself started is on the{" "}
        <RouteLink to="/processes" className="text-accent-text underline underline-offset-2">
          Processes page
        </RouteLink>
        .
      </p>
    </div>
  )

interface ChosenBarProps {
  readonly count: number
  readonly onClear: () => void
  readonly onAsk: () => void
}

const ChosenBar = ({ count, onClear, onAsk }: ChosenBarProps) => (
  <section aria-label="Chosen" className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line bg-overlay px-4 py-2 desk:px-6">
    <p className="numbers min-w-0 flex-1 text-text-2" aria-live="polite">
      {counted(count, "chosen", "chosen")}
      {count > maxNamed && `; at most ${maxNamed} at once`}
    </p>
    <Button weight="quiet" onClick={onClear}>
      Clear
    </Button>
    <Button weight="filled" disabled={count > maxNamed} onClick={onAsk}>
      What would end…
    </Button>
  </section>
)
