// A session holds more memory than one may: when it is stopped, and the choice of letting it go on.
import type { Heavy } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import { Button } from "../ui/button.tsx"
import { useSeconds } from "../ui/clock.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatClock } from "../ui/format-time.ts"
import { useOrder } from "../link/use-order.ts"
import { NoticeCard } from "./notice-card.tsx"
import { useSight } from "./use-sight.ts"
import { useWaitOn } from "./use-wait-on.ts"

/** Nothing where it is not over its limit, or was let go on. */
export const HeavyCard = ({ thread }: { readonly thread: Thread }) => {
  const { heavy } = useSight(thread.threadId)
  if (heavy === undefined || heavy.endsAt === null || thread.runtime.state === "stopping") return null
  return <Choice thread={thread} heavy={heavy} endsAt={heavy.endsAt} />
}

interface ChoiceProps {
  readonly thread: Thread
  readonly heavy: Heavy
  readonly endsAt: number
}

const Choice = ({ thread: { threadId, turn }, heavy: { bytes, limitBytes }, endsAt }: ChoiceProps) => {
  const order = useOrder()
  const waitOn = useWaitOn(threadId)
  const now = useSeconds()
  return (
    <NoticeCard
      title="Over its memory limit"
      acts={
        <>
          <Button onClick={() => waitOn("waitOn")} title="It may hold what it wants for as long as it is awake">
            Let it go on
          </Button>
          <Button onClick={() => void order({ _tag: "runtime.stop", threadId })} title="Ends its processes, keeps the conversation">
            Stop it now
          </Button>
        </>
      }
    >
      <p className="numbers mt-1 break-words text-text-2">
        It holds {formatBytes(bytes)}, and a session may hold {formatBytes(limitBytes)}. It is stopped in{" "}
        {formatClock(Math.max(0, endsAt - now))} unless you let it go on.
      </p>
      <p className="mt-0.5 text-sec text-text-3">
        {turn === null ? "The conversation is kept; your next message resumes it." : "Its turn would fail; the conversation is kept."}
      </p>
    </NoticeCard>
  )
}
