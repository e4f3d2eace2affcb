// A turn shows no sign of work: what is known of it, and the choice that only a person can make. Nothing is done without it.
import type { Stalled } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import { stalledWords } from "@corral/domain/views/stalled-words"
import { useLink } from "../link/link.ts"
import { useOrder } from "../link/use-order.ts"
import { Button } from "../ui/button.tsx"
import { useSeconds } from "../ui/clock.ts"
import { showToast } from "../ui/toasts.ts"
import { useStalled } from "./use-stalled.ts"

interface StalledCardProps {
  readonly thread: Thread
  readonly onInterrupt: () => void
}

/** Nothing where the turn is not stalled: the list may know later than the thread that it has ended, or waits for a person. */
export const StalledCard = ({ thread, onInterrupt }: StalledCardProps) => {
  const stalled = useStalled(thread.threadId)
  if (stalled === null || thread.turn === null || thread.requests.length > 0) return null
  return <Choice thread={thread} stalled={stalled} onInterrupt={onInterrupt} />
}

const Choice = ({ thread: { threadId, turn }, stalled, onInterrupt }: StalledCardProps & { readonly stalled: Stalled }) => {
  const { connection } = useLink()
  const order = useOrder()
  const now = useSeconds()
  const isAsked = turn?.interruptAsked ?? false
  const waitOn = (): void => {
    connection.call("waitOn", { threadId }).catch((cause: unknown) => {
      showToast({ id: "wait-on", text: cause instanceof Error ? cause.message : "That was not taken.", tone: "problem" })
    })
  }
  const words = stalledWords(stalled, now)
  return (
    <section
      id="approval"
      tabIndex={-1}
      aria-label="Stalled"
      className="mb-2 rounded-composer border border-attention bg-surface px-3.5 py-3"
    >
      <h2 className="font-semibold">
        <span aria-hidden className="text-attention">
          ◆{" "}
        </span>
        Stalled
      </h2>
      <p className="numbers mt-1 break-words text-text-2">
        {words[0]?.toUpperCase()}
        {words.slice(1)}.
      </p>
      <p className="mt-0.5 text-sec text-text-3">
        It may hang, or wait for a network or a timer: that cannot be seen from outside. Nothing is stopped because of this.
      </p>
      <div className="mt-2.5 flex flex-wrap gap-1.5">
        <Button onClick={waitOn} title="Its clock begins anew">
          Wait on
        </Button>
        <Button disabled={isAsked} onClick={onInterrupt} title="Asks the agent to end this turn; its session stays">
          {isAsked ? "Stopping the turn…" : "Stop the turn"}
        </Button>
        <Button onClick={() => void order({ _tag: "runtime.stop", threadId })} title="Ends its processes, keeps the conversation">
          Stop the session
        </Button>
      </div>
    </section>
  )
}
