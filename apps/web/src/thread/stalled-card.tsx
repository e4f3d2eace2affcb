// A turn shows no sign of work: what is known of it, and the choice that only a person can make. Nothing is done without it.
import type { Stalled } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import { stalledWords } from "@corral/domain/views/stalled-words"
import { useOrder } from "../link/use-order.ts"
import { Button } from "../ui/button.tsx"
import { capitalized } from "../ui/capitalized.ts"
import { useSeconds } from "../ui/clock.ts"
import { NoticeCard } from "./notice-card.tsx"
import { useSight } from "./use-sight.ts"
import { useWaitOn } from "./use-wait-on.ts"

interface StalledCardProps {
  readonly thread: Thread
  readonly onInterrupt: () => void
}

/** Nothing where the turn is not stalled: the list may know later than the thread that it has ended, or waits for a person. */
export const StalledCard = ({ thread, onInterrupt }: StalledCardProps) => {
  const { stalled } = useSight(thread.threadId)
  if (stalled === undefined || thread.turn === null || thread.requests.length > 0) return null
  return <Choice thread={thread} stalled={stalled} onInterrupt={onInterrupt} />
}

const Choice = ({ thread: { threadId, turn }, stalled, onInterrupt }: StalledCardProps & { readonly stalled: Stalled }) => {
  const order = useOrder()
  const waitOn = useWaitOn(threadId)
  const now = useSeconds()
  const isAsked = turn?.interruptAsked ?? false
  return (
    <NoticeCard
      title="Stalled"
      acts={
        <>
          <Button onClick={() => waitOn("waitOn")} title="Its clock begins anew">
            Wait on
          </Button>
          <Button disabled={isAsked} onClick={onInterrupt} title="Asks the agent to end this turn; its session stays">
            {isAsked ? "Stopping the turn…" : "Stop the turn"}
          </Button>
          <Button onClick={() => void order({ _tag: "runtime.stop", threadId })} title="Ends its processes, keeps the conversation">
            Stop the session
          </Button>
        </>
      }
    >
      <p className="numbers mt-1 break-words text-text-2">{capitalized(stalledWords(stalled, now))}.</p>
      <p className="mt-0.5 text-sec text-text-3">
        It may hang, or wait for a network or a timer: that cannot be seen from outside. Nothing is stopped because of this.
      </p>
    </NoticeCard>
  )
}
