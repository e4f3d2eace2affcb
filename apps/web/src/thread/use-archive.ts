// Archiving: done at once, its processes stopped all the same, and to be taken back for five seconds.
import { useCallback } from "react"
import type { Thread } from "@corral/contracts/thread"
import { useOrder } from "../link/use-order.ts"
import { showToast } from "../ui/toasts.ts"

export const useArchive = () => {
  const order = useOrder()
  return useCallback(
    async ({ threadId, title }: Pick<Thread, "threadId" | "title">): Promise<void> => {
      if (!(await order({ _tag: "thread.archive", threadId }))) return
      showToast({
        id: `archived-${threadId}`,
        text: `“${title}” is archived; its processes are being stopped.`,
        action: { label: "Undo", run: () => void order({ _tag: "thread.unarchive", threadId }) },
      })
    },
    [order],
  )
}
