// The answer to one question to the server, asked again when the question changes; the old answer stays until the new one is there.
import type { Calls, Method } from "@corral/contracts/rpc"
import { useEffect, useEffectEvent, useState } from "react"
import { useLink } from "./link.ts"

export interface Answered<M extends Method> {
  readonly answer: Calls[M]["gives"] | null
  readonly problem: string | null
}

/** `payload` null: nothing is asked yet. */
export const useAnswer = <M extends Method>(method: M, payload: Calls[M]["takes"] | null): Answered<M> => {
  const { connection } = useLink()
  const [state, setState] = useState<Answered<M>>({ answer: null, problem: null })
  const ask = useEffectEvent(() => (payload === null ? null : connection.call(method, payload)))
  const content = JSON.stringify(payload)
  useEffect(() => {
    let isLatest = true
    ask()?.then(
      (answer) => isLatest && setState({ answer, problem: null }),
      (cause: unknown) => isLatest && setState((before) => ({ ...before, problem: cause instanceof Error ? cause.message : "No answer." })),
    )
    return () => {
      isLatest = false
    }
  }, [content])
  return state
}
