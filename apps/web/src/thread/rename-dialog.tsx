// A new title for a thread.
import { useState, type FormEvent } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import { maxTitleChars } from "@corral/contracts/limits"
import { useOrder } from "../link/use-order.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"

interface RenameDialogProps {
  readonly threadId: ThreadId
  readonly title: string
  readonly onClose: () => void
}

export const RenameDialog = ({ threadId, title, onClose }: RenameDialogProps) => {
  const order = useOrder()
  const [text, setText] = useState(title)
  const canSave = text.trim() !== "" && text.trim() !== title
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (canSave && (await order({ _tag: "thread.rename", threadId, title: text.trim() }))) onClose()
  }
  return (
    <Dialog title="Rename the thread" onClose={onClose}>
      <form onSubmit={(event) => void save(event)} className="px-5 pt-3 pb-5">
        <input
          aria-label="Title"
          value={text}
          maxLength={maxTitleChars}
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setText(event.target.value)}
          className="h-9 w-full rounded-control border border-line-strong bg-canvas px-2.5 coarse:h-11 coarse:text-[16px]"
        />
        <div className="mt-4 flex justify-end gap-2">
          <Button weight="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button weight="filled" type="submit" disabled={!canSave}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
