// The thread in view, followed while it is in view.
import { useEffect, useMemo } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import type { Body, BodyView } from "./body.ts"

export const useBody = (threadId: ThreadId): { readonly body: Body; readonly view: BodyView } => {
  const { bodies } = useLink()
  const body = useMemo(() => bodies.get(threadId), [bodies, threadId])
  useEffect(() => body.watch(), [body])
  const view = useKey(body.view, "view")
  if (view === undefined) throw new Error("a body always has a view")
  return { body, view }
}
