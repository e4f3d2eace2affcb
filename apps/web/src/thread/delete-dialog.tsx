// Deleting a thread is for good, so it asks, and says what goes and what stays.
import { useNavigate } from "@tanstack/react-router"
import type { ThreadId } from "@corral/contracts/ids"
import { useThreadParam } from "../app/use-thread-param.ts"
import { useOrder } from "../link/use-order.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { showToast } from "../ui/toasts.ts"

interface DeleteDialogProps {
  readonly threadId: ThreadId
  readonly title: string
  readonly onClose: () => void
}

export const DeleteDialog = ({ threadId, title, onClose }: DeleteDialogProps) => {
  const order = useOrder()
  const navigate = useNavigate()
  const here = useThreadParam()
  const remove = async (): Promise<void> => {
    if (!(await order({ _tag: "thread.delete", threadId }))) return
    onClose()
    showToast({ id: `deleted-${threadId}`, text: `“${title}” is deleted; its processes are being stopped.` })
    if (here === threadId) void navigate({ to: "/" })
  }
  return (
    <Dialog title="Delete this thread?" onClose={onClose}>
      <div className="px-5 pt-2 pb-5 text-text-2">
        <p>
          “<span className="text-text">{title}</span>” goes with its whole conversation, and cannot be brought back. Its processes are
          stopped; the certificates of its stops and the files in its folder stay.
        </p>
        <div className="mt-4 flex justify-end gap-2">
          <Button weight="quiet" onClick={onClose} autoFocus>
            Cancel
          </Button>
          <Button weight="danger" onClick={() => void remove()}>
            Delete
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
