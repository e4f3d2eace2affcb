// Stops the turn; once pressed it says that it is at it.
import { Square } from "lucide-react"
import { Button } from "../ui/button.tsx"
import { cx } from "../ui/cx.ts"

interface StopButtonProps {
  readonly isAsked: boolean
  readonly onStop: () => void
}

export const StopButton = ({ isAsked, onStop }: StopButtonProps) => (
  <Button
    onClick={onStop}
    disabled={isAsked}
    aria-label={isAsked ? "Stopping" : "Stop the turn"}
    title="Stop the turn (Ctrl .)"
    className={cx("h-8 coarse:h-11", !isAsked && "w-8 px-0 coarse:w-11")}
  >
    {isAsked ? "Stopping…" : <Square size={12} strokeWidth={0} fill="currentColor" aria-hidden />}
  </Button>
)
