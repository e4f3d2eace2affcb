// A thread is to wake and waits in line: why, and the way past it.
import type { Thread } from "@corral/contracts/thread"
import { admissionWords, placeWords } from "@corral/domain/views/admission-words"
import { Button } from "../ui/button.tsx"
import { capitalized } from "../ui/capitalized.ts"
import { NoticeCard } from "./notice-card.tsx"
import { useSight } from "./use-sight.ts"
import { useWaitOn } from "./use-wait-on.ts"

interface AdmissionCardProps {
  readonly thread: Thread
  readonly onInterrupt: () => void
}

/** Nothing where it does not wait, and for the moment in which others are starting. */
export const AdmissionCard = ({ thread: { threadId, turn }, onInterrupt }: AdmissionCardProps) => {
  const { admission } = useSight(threadId)
  const waitOn = useWaitOn(threadId)
  if (admission === undefined || admission.why === "starts") return null
  return (
    <NoticeCard
      title={`Waits ${placeWords(admission)}`}
      acts={
        <>
          <Button onClick={() => waitOn("admit")} title="Though memory is short, or as many are awake as may be">
            Start it now
          </Button>
          {turn !== null && (
            <Button onClick={onInterrupt} title="The message is not given to the agent">
              Take the message back
            </Button>
          )}
        </>
      }
    >
      <p className="numbers mt-1 break-words text-text-2">{capitalized(admissionWords(admission))}.</p>
      <p className="mt-0.5 text-sec text-text-3">
        Idle sessions are put to sleep to make room. It starts by itself when there is some; your message is kept.
      </p>
    </NoticeCard>
  )
}
