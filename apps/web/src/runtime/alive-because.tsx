// The one reason a session is alive, the rule that would end it, and what it was started for; a clock only where no reason holds.
import { useMinutes, useSeconds } from "../ui/clock.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatClock, formatMoment } from "../ui/format-time.ts"
import { formatTokens } from "../ui/format-tokens.ts"
import { Glyph } from "../thread/glyph.tsx"
import type { Status } from "../thread/status.ts"
import type { Heavy, Stalled } from "@corral/contracts/runtime"
import { stalledWords } from "@corral/domain/views/stalled-words"
import { wokenWords } from "@corral/domain/views/woken-words"
import type { ReasonAlive } from "@corral/contracts/tree"
import { reasonAliveWords, stalledTurn } from "./reason-words.ts"
import type { SeenTree } from "./seen-tree.ts"

const shows: Readonly<Record<ReasonAlive, { readonly status: Status; readonly cost: string }>> = {
  turn: { status: "working", cost: "cuts its turn" },
  waiting: { status: "needs", cost: "its question is lost" },
  background: { status: "working", cost: "that work is lost" },
  queued: { status: "working", cost: "they wait for the next wake" },
  kept: { status: "idle", cost: "it resumes when you write" },
  cooling: { status: "idle", cost: "it resumes when you write" },
  starting: { status: "moving", cost: "its start is cut" },
  stopping: { status: "moving", cost: "" },
  stuck: { status: "trouble", cost: "" },
}

export const AliveBecause = ({ tree }: { readonly tree: SeenTree }) => {
  const now = useMinutes()
  const [thread] = tree.threads
  if (thread === undefined) return <span className="text-sec text-attention">{tree.state}: no thread claims it</span>
  const { cost } = shows[thread.reason]
  const tokens = thread.resumeTokens ?? 0
  const isStalled = thread.stalled !== undefined
  const status = isStalled ? "needs" : shows[thread.reason].status
  const text = isStalled ? stalledTurn : reasonAliveWords[thread.reason]
  const rung = tree.rung === null ? "" : `: ${tree.rung.toUpperCase()}`
  return (
    <span className="flex min-w-0 items-start gap-2 text-sec">
      <Glyph view={{ status, name: text }} className="mt-[3px]" />
      <span className="min-w-0">
        <span className="block break-words text-text-2">
          {text}
          {rung}{" "}
          <span className="text-text-3">
            → {thread.endsAt === null ? thread.endsWhen : <Clock endsAt={thread.endsAt} rule={thread.endsWhen} />}
          </span>
        </span>
        {thread.stalled !== undefined && <StalledLine stalled={thread.stalled} />}
        {thread.heavy !== undefined && <HeavyLine heavy={thread.heavy} />}
        {cost !== "" && (
          <span className="numbers block text-meta text-text-3">
            ending it frees {formatBytes(tree.memoryBytes)} · {cost}
            {tokens > 0 && `, and may read ${formatTokens(tokens)} tokens anew that are cached now`}
          </span>
        )}
        {thread.woken !== undefined && (
          <span className="numbers block text-meta break-words text-text-3">
            started {formatMoment(thread.woken.at, now)} {wokenWords(thread.woken)}
          </span>
        )}
      </span>
    </span>
  )
}

const StalledLine = ({ stalled }: { readonly stalled: Stalled }) => {
  const now = useSeconds()
  return <span className="numbers block text-meta break-words text-attention">{stalledWords(stalled, now)}</span>
}

const HeavyLine = ({ heavy: { bytes, limitBytes, endsAt } }: { readonly heavy: Heavy }) => {
  const now = useSeconds()
  const end = endsAt === null ? "" : `, stopped in ${formatClock(Math.max(0, endsAt - now))}`
  return (
    <span className="numbers block text-meta break-words text-attention">
      holds {formatBytes(bytes)} where {formatBytes(limitBytes)} is the most{end}
    </span>
  )
}

const Clock = ({ endsAt, rule }: { readonly endsAt: number; readonly rule: string }) => {
  const now = useSeconds()
  return (
    <span className="numbers" title={rule}>
      asleep in {formatClock(endsAt - now)}
    </span>
  )
}
