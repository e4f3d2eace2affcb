// Every rung was tried and something is still there: which process, why, and what can be done. Never called asleep.
import { useState } from "react"
import type { Thread } from "@corral/contracts/thread"
import { useAnswer } from "../link/use-answer.ts"
import { useLink } from "../link/link.ts"
import { Button } from "../ui/button.tsx"
import { showToast } from "../ui/toasts.ts"
import { useMinutes } from "../ui/clock.ts"
import { formatMoment } from "../ui/format-time.ts"
import { stuckWords } from "./stuck-words.ts"

export const StuckBanner = ({ thread }: { readonly thread: Thread }) => {
  const { connection } = useLink()
  const [isTrying, setTrying] = useState(false)
  const { lastStop, since } = thread.runtime
  const now = useMinutes()
  const { answer, problem } = useAnswer("certificate", lastStop === null ? null : { certificateId: lastStop.certificateId })
  const sweep = (): void => {
    setTrying(true)
    connection
      .call("sweep", {})
      .catch((cause: unknown) =>
        showToast({ id: "sweep", text: cause instanceof Error ? cause.message : "The sweep failed.", tone: "problem" }),
      )
      .finally(() => setTrying(false))
  }
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2 text-danger">
      <p className="min-w-0 flex-1 break-words">
        <span aria-hidden>▲ </span>Stuck since {formatMoment(since, now)}: {stuckWords(answer, problem)}.
      </p>
      <Button disabled={isTrying} onClick={sweep}>
        {isTrying ? "Trying…" : "Try again"}
      </Button>
    </div>
  )
}
