// Threads that are to wake and wait in line, the first one first: shown only when there are any.
import { Link as RouteLink } from "@tanstack/react-router"
import type { WaitingThread } from "@corral/contracts/tree"
import { admissionWords } from "@corral/domain/views/admission-words"
import { useWaitOn } from "../thread/use-wait-on.ts"
import { Button } from "../ui/button.tsx"
import { capitalized } from "../ui/capitalized.ts"
import { useSeconds } from "../ui/clock.ts"
import { counted } from "../ui/counted.ts"
import { formatDuration } from "../ui/format-time.ts"

export const WaitingList = ({ waiting }: { readonly waiting: readonly WaitingThread[] }) => {
  const [first] = waiting
  if (first === undefined) return null
  return (
    <section aria-label="Waiting in line" className="rounded-panel border border-attention">
      <header className="border-b border-line px-4 py-2">
        <h2 className="font-semibold text-attention">◆ {counted(waiting.length, "thread")} in line</h2>
        <p className="numbers text-sec text-text-3">{capitalized(admissionWords(first))}. Idle sessions are put to sleep to make room.</p>
      </header>
      <ol>
        {waiting.map((thread) => (
          <Waiting key={thread.threadId} thread={thread} />
        ))}
      </ol>
    </section>
  )
}

const Waiting = ({ thread }: { readonly thread: WaitingThread }) => {
  const waitOn = useWaitOn(thread.threadId)
  const now = useSeconds()
  return (
    <li className="numbers flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-sec">
      <span className="text-text-3">{thread.place}</span>
      <RouteLink
        to="/thread/$threadId"
        params={{ threadId: thread.threadId }}
        className="inline-flex min-w-0 flex-1 basis-40 items-center truncate coarse:min-h-11"
      >
        {thread.title}
      </RouteLink>
      <span className="text-text-3">for {formatDuration(Math.max(0, now - thread.since))}</span>
      <Button onClick={() => waitOn("admit")} aria-label={`Start now: ${thread.title}`}>
        Start now
      </Button>
    </li>
  )
}
