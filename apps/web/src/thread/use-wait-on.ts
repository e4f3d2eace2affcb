// Says that a person has seen how a thread is, and waits on, or wants it awake now.
import type { ThreadId } from "@corral/contracts/ids"
import { useLink } from "../link/link.ts"
import { showToast } from "../ui/toasts.ts"

/** `admit`: a thread in line wakes now. Not taken: a toast with the server's sentence. */
export const useWaitOn = (threadId: ThreadId): ((call: "waitOn" | "admit") => void) => {
  const { connection } = useLink()
  return (call) => {
    connection.call(call, { threadId }).catch((cause: unknown) => {
      showToast({ id: call, text: cause instanceof Error ? cause.message : "That was not taken.", tone: "problem" })
    })
  }
}
