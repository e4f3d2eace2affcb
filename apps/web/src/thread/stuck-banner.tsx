// Every rung was tried and something is still there: which process, why, and what can be done. Never called asleep.
import { useState } from "react"
import type { Thread } from "@corral/contracts/thread"
import { useAnswer } from "../link/use-answer.ts"
import { useLink } from "../link/link.ts"
import { Button } from "../ui/button.tsx"
import { showToast } from "../ui/toasts.ts"
import { SecondsAgo } from "../ui/ago.tsx"

export const StuckBanner = ({ thread }: { readonly thread: Thread }) => {
  const { connection } = useLink()
  const [isTrying, setTrying] = useState(false)
  const { lastStop } = thread.runtime
  const { answer } = useAnswer("certificate", lastStop === null ? null : { certificateId: lastStop.certificateId })
  const sweep = (): void => {
    setTrying(true)
    connection
      .call("sweep", {})
      .catch((cause: unknown) =>
        showToast({ id: "sweep", text: cause instanceof Error ? cause.message : "The sweep failed.", tone: "problem" }),
      )
      .finally(() => setTrying(false))
  }
  const names = answer?.survivors.map((member) => `${member.command.slice(0, 80)} (pid ${member.pid})`) ?? []
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2 text-danger">
      <p className="min-w-0 flex-1 break-words">
        ▲ Stuck since <SecondsAgo at={thread.runtime.since} />:{" "}
        {names.length > 0 ? `${names.join(", ")} still there after every rung` : "the check itself failed"}.
      </p>
      <Button disabled={isTrying} onClick={sweep}>
        {isTrying ? "Trying…" : "Try again"}
      </Button>
    </div>
  )
}
