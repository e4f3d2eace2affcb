// Under the composer: whether the thread is awake, why, and what would end that; what the context and the money have come to.
import type { Thread } from "@corral/contracts/thread"
import { placeWords } from "@corral/domain/views/admission-words"
import { reasonAlive } from "@corral/domain/runtime/reason"
import { useOrder } from "../link/use-order.ts"
import { useStatus } from "../link/use-status.ts"
import { reasonAliveWords, stalledTurn } from "../runtime/reason-words.ts"
import { useSight } from "../thread/use-sight.ts"
import { useSeconds, useMinutes } from "../ui/clock.ts"
import { formatClock, formatFull, formatMoment } from "../ui/format-time.ts"

/** Before a thread falls asleep it says so this long. */
const warnMillis = 2 * 60_000
const keepMillis = 2 * 60 * 60_000

export const LifeLine = ({ thread }: { readonly thread: Thread }) => (
  <div className="numbers flex min-h-6 flex-wrap items-center justify-between gap-x-3 px-1.5 pt-1 text-meta text-text-3">
    {thread.runtime.state === "asleep" ? <Asleep thread={thread} /> : <Awake thread={thread} />}
    <Use thread={thread} />
  </div>
)

const Asleep = ({ thread }: { readonly thread: Thread }) => {
  const now = useMinutes()
  if (thread.turns === 0) return <span>– asleep · sending wakes it</span>
  return (
    <span title={formatFull(thread.runtime.since)}>
      – asleep since {formatMoment(thread.runtime.since, now)} · sending wakes it, it resumes the conversation
    </span>
  )
}

const Awake = ({ thread }: { readonly thread: Thread }) => {
  const idleMillis = useStatus()?.idleMillis ?? null
  const now = useSeconds()
  const order = useOrder()
  const { stalled, admission } = useSight(thread.threadId)
  const alive = idleMillis === null ? null : reasonAlive(thread, now, idleMillis)
  if (admission !== undefined) return <span>– asleep · waits {placeWords(admission)}</span>
  if (alive === null) return <span>{thread.runtime.state}</span>
  const keep = (until: number | null): void => void order({ _tag: "runtime.keep", threadId: thread.threadId, until })
  if (alive.reason === "cooling" && alive.endsAt !== null) {
    const left = alive.endsAt - now
    return (
      <span className={left < warnMillis ? "text-attention" : undefined}>
        asleep in {formatClock(left)}
        <LineButton onClick={() => keep(Date.now() + keepMillis)}>Keep</LineButton>
      </span>
    )
  }
  return (
    <span className="min-w-0 break-words">
      awake: {stalled === undefined ? reasonAliveWords[alive.reason] : stalledTurn} · ends {alive.endsWhen}
      {alive.reason === "kept" && <LineButton onClick={() => keep(null)}>Release</LineButton>}
    </span>
  )
}

const LineButton = ({ onClick, children }: { readonly onClick: () => void; readonly children: string }) => (
  <button
    type="button"
    onClick={onClick}
    className="ml-1.5 min-h-6 rounded-chip px-1.5 font-medium text-accent-text hover:bg-raised coarse:min-h-11 coarse:px-3"
  >
    {children}
  </button>
)

const Use = ({ thread: { usage } }: { readonly thread: Thread }) => {
  if (usage === null) return null
  const { contextTokens, contextWindow, costUsd } = usage
  const parts = [
    ...(contextTokens !== null && contextWindow !== null && contextWindow > 0
      ? [`${Math.round((100 * contextTokens) / contextWindow)} % of context`]
      : []),
    ...(costUsd !== null && costUsd > 0 ? [`$${costUsd.toFixed(2)}`] : []),
  ]
  return parts.length === 0 ? null : <span>{parts.join(" · ")}</span>
}
