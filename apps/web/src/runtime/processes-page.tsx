// Every process that our threads own, on this machine: whose, why, what would end it; and the certificates of what was ended.
import { Link as RouteLink } from "@tanstack/react-router"
import { Stethoscope, X } from "lucide-react"
import { isId } from "@corral/client/ids"
import type { ThreadId } from "@corral/contracts/ids"
import type { MemoryRange } from "@corral/contracts/memory-past"
import type { Processes } from "@corral/contracts/tree"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import { useMinutes } from "../ui/clock.ts"
import { formatMoment } from "../ui/format-time.ts"
import { Skeleton } from "../ui/skeleton.tsx"
import { CertificateList } from "./certificate-list.tsx"
import { ContainmentNotice } from "./containment-notice.tsx"
import { Figures } from "./figures.tsx"
import type { History } from "./history.ts"
import { MemoryChart } from "./memory-chart.tsx"
import { placeOnPage, type PlaceOnPage } from "./place-on-page.ts"
import { NothingRuns } from "./nothing-runs.tsx"
import { StrayList } from "./stray-list.tsx"
import { SweepButton } from "./sweep-button.tsx"
import { TreeGrid } from "./tree-grid.tsx"
import { WaitingList } from "./waiting-list.tsx"
import { useCertificates, type Certificates } from "./use-certificates.ts"
import { useHistory } from "./use-history.ts"
import { useBlind, useProcesses, useVitalsWatch } from "./use-vitals.ts"

interface ProcessesPageProps {
  readonly thread: string | null
  readonly show: string
  readonly range: MemoryRange
  readonly certificate: string | null
}

export const ProcessesPage = ({ thread, show, range, certificate }: ProcessesPageProps) => {
  const history = useHistory()
  const place = placeOnPage({ thread, show, range })
  useVitalsWatch(true)
  const seen = useProcesses()
  const blind = useBlind()
  const threadId = thread !== null && isId("thr", thread) ? thread : null
  const certificates = useCertificates(threadId)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-8 desk:px-6">
      <div className="mx-auto max-w-300">
        <header className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-1 py-2">
          <h1 className="text-title font-semibold">Processes</h1>
          <p className="text-sec text-text-3">every process your agents own, on this machine</p>
          <span className="flex-1" />
          {threadId !== null && <OnlyThread threadId={threadId} />}
          <RouteLink to="/doctor" className={doctorClass}>
            <Stethoscope size={13} strokeWidth={1.75} aria-hidden />
            Whole machine
          </RouteLink>
          <SweepButton />
        </header>
        <ContainmentNotice />
        {blind !== undefined && <Blind why={blind} at={seen?.checkedAt ?? null} />}
        {seen !== undefined && (
          <Seen
            seen={ofThread(seen, threadId)}
            isBlind={blind !== undefined}
            isOne={threadId !== null}
            certificates={certificates}
            history={history}
            range={range}
            place={place}
          />
        )}
        {seen === undefined && blind === undefined && <Skeleton label="Looking at the machine" lines={["100%", "100%", "100%"]} />}
        <CertificateList certificates={certificates} show={show} opened={certificate} place={place} />
      </div>
    </div>
  )
}

const doctorClass =
  "inline-flex h-7 items-center gap-1.5 rounded-control px-2.5 text-text-2 hover:bg-raised hover:text-text coarse:h-11 coarse:px-3"

const Blind = ({ why, at }: { readonly why: string; readonly at: number | null }) => {
  const now = useMinutes()
  return (
    <p role="status" className="pb-3 text-attention">
      <span aria-hidden>▲ </span>
      {why} {at !== null && `Below is what was seen at ${formatMoment(at, now)}. `}It is tried again until it can be seen.
    </p>
  )
}

interface SeenProps {
  readonly seen: Processes
  readonly isBlind: boolean
  readonly isOne: boolean
  readonly certificates: Certificates
  readonly history: History
  readonly range: MemoryRange
  readonly place: PlaceOnPage
}

const Seen = ({ seen, isBlind, isOne, certificates, history, range, place }: SeenProps) => (
  <div className="space-y-3">
    <Figures seen={seen} isBlind={isBlind} certificates={certificates.list} />
    <MemoryChart stops={certificates.list} seen={seen} recent={history} range={range} place={place} />
    <WaitingList waiting={seen.waiting ?? []} />
    <StrayList strays={seen.strays} />
    {seen.trees.length === 0 ? (
      <NothingRuns seen={seen} isBlind={isBlind} isOne={isOne} last={certificates.list[0] ?? null} />
    ) : (
      <TreeGrid trees={seen.trees} at={seen.checkedAt} history={history} />
    )}
  </div>
)

const ofThread = (seen: Processes, threadId: ThreadId | null): Processes =>
  threadId === null ? seen : { ...seen, trees: seen.trees.filter((tree) => tree.threads.some((one) => one.threadId === threadId)) }

const OnlyThread = ({ threadId }: { readonly threadId: ThreadId }) => {
  const title = useKey(useLink().shell.threads, threadId)?.title ?? threadId
  return (
    <RouteLink
      to="/processes"
      title="Show all threads"
      className="inline-flex h-7 max-w-64 items-center gap-1.5 rounded-control border border-line bg-raised px-2 text-sec coarse:h-11"
    >
      <span className="truncate">Only “{title}”</span>
      <X size={12} strokeWidth={1.75} aria-label="show all" className="shrink-0" />
    </RouteLink>
  )
}
