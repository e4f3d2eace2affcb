// The thread that the address names, if it names one.
import { useParams } from "@tanstack/react-router"
import { isId } from "@corral/client/ids"
import type { ThreadId } from "@corral/contracts/ids"

export const useThreadParam = (): ThreadId | null => {
  const { threadId } = useParams({ strict: false })
  return threadId !== undefined && isId("thr", threadId) ? threadId : null
}
