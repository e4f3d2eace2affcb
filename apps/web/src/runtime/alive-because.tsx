// The one reason a session is alive and the rule that would end it; a clock only where no reason holds.
import { useSeconds } from "../ui/clock.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatClock } from "../ui/format-time.ts"
import { Glyph } from "../thread/glyph.tsx"
import type { Status } from "../thread/status.ts"
import type { ReasonAlive } from "@corral/contracts/tree"
import type { SeenTree } from "./seen-tree.ts"

const words: Readonly<Record<ReasonAlive, { readonly text: string; readonly status: Status; readonly cost: string }>> = {
  turn: { text: "at work on a turn", status: "working", cost: "cuts its turn" },
  waiting: { text: "waits for you", status: "needs", cost: "its question is lost" },
  background: { text: "background work", status: "working", cost: "that work is lost" },
  queued: { text: "messages are queued", status: "working", cost: "they wait for the next wake" },
  kept: { text: "kept by you", status: "idle", cost: "it resumes when you write" },
  cooling: { text: "cooling down", status: "idle", cost: "it resumes when you write" },
  starting: { text: "waking", status: "moving", cost: "its start is cut" },
  stopping: { text: "stopping", status: "moving", cost: "" },
  stuck: { text: "stuck", status: "trouble", cost: "" },
}

export const AliveBecause = ({ tree }: { readonly tree: SeenTree }) => {
  const [thread] = tree.threads
  if (thread === undefined) return <span className="text-sec text-attention">{tree.state}: no thread claims it</span>
  const { text, status, cost } = words[thread.reason]
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
        {cost !== "" && (
          <span className="numbers block text-meta text-text-3">
            ending it frees {formatBytes(tree.memoryBytes)} · {cost}
          </span>
        )}
      </span>
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
