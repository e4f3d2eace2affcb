// Messages that wait for the running turn: each can be taken back to edit or removed; a held queue says why and goes on by hand.
import { Pencil, X } from "lucide-react"
import type { QueuedTurn, Thread } from "@corral/contracts/thread"
import { useOrder } from "../link/use-order.ts"
import { IconButton } from "../ui/icon-button.tsx"
import { readDraft, writeDraft } from "./drafts.ts"

interface QueueChipsProps {
  readonly thread: Thread
  /** The draft was changed from outside of the field. */
  readonly onDraft: () => void
}

export const QueueChips = ({ thread, onDraft }: QueueChipsProps) => {
  const order = useOrder()
  const { threadId, queue } = thread
  if (queue.length === 0) return null
  const remove = (turn: QueuedTurn): Promise<boolean> => order({ _tag: "turn.interrupt", threadId, turnId: turn.turnId })
  const edit = async (turn: QueuedTurn): Promise<void> => {
    if (!(await remove(turn))) return
    const draft = readDraft(threadId)
    writeDraft(threadId, draft === "" ? turn.text : `${turn.text}\n\n${draft}`)
    onDraft()
  }
  return (
    <div className="border-b border-line px-3.5 py-2">
      <div className="flex items-center justify-between text-meta text-text-3">
        <span>{thread.queueHeld ? "Held: the turn before failed" : `Queued ${queue.length}`}</span>
        {thread.queueHeld && (
          <button
            type="button"
            onClick={() => void order({ _tag: "runtime.wake", threadId })}
            className="rounded-chip px-1.5 py-0.5 font-medium text-accent-text hover:bg-overlay coarse:min-h-11"
          >
            Send now
          </button>
        )}
      </div>
      <ul aria-label="Queued messages">
        {queue.map((turn) => (
          <li key={turn.turnId} className="flex items-center gap-1 text-text-2">
            <span className="min-w-0 flex-1 truncate">{turn.text}</span>
            <IconButton icon={Pencil} name="Edit the queued message" onClick={() => void edit(turn)} />
            <IconButton icon={X} name="Remove the queued message" onClick={() => void remove(turn)} />
          </li>
        ))}
      </ul>
    </div>
  )
}
