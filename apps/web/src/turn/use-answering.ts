// One answer to one request: not before the card has been there for a moment, and once; refused, it may be given again.
import { useState } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import type { Answer, Request } from "@corral/contracts/turn"
import { useOrder } from "../link/use-order.ts"
import { useGuard } from "./use-guard.ts"

/** `given`: the decision that is on its way. */
export const useAnswering = (threadId: ThreadId, { requestId }: Request) => {
  const order = useOrder()
  const isGuarded = useGuard()
  const [given, setGiven] = useState<Answer["decision"] | null>(null)
  const give = async (answer: Answer): Promise<void> => {
    if (isGuarded || given !== null) return
    setGiven(answer.decision)
    if (!(await order({ _tag: "turn.answer", threadId, requestId, answer }))) setGiven(null)
  }
  return { isGuarded, given, give }
}
