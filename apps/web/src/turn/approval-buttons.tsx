// Allow once, allow always, decline with or without a note, stop.
import { useState } from "react"
import type { Request } from "@corral/contracts/turn"
import { Button } from "../ui/button.tsx"
import { Kbd } from "../ui/kbd.tsx"

interface ApprovalButtonsProps {
  readonly request: Request
  readonly hasChord: boolean
  /** Too early to be answered. */
  readonly isGuarded: boolean
  readonly given: "allow" | "always" | "deny" | null
  readonly onAnswer: (decision: "allow" | "always" | "deny", text: string | null) => Promise<void>
  readonly onStop: () => void
}

export const ApprovalButtons = ({ request, hasChord, isGuarded, given, onAnswer, onStop }: ApprovalButtonsProps) => {
  const [note, setNote] = useState<string | null>(null)
  if (given !== null) {
    return (
      <p role="status" className="pt-3 text-text-2">
        {given === "deny" ? "Declining…" : "Allowing…"}
      </p>
    )
  }
  return (
    <>
      {note !== null && (
        <textarea
          aria-label="Why not, for the agent"
          placeholder="Why not, or what to do instead"
          value={note}
          rows={2}
          autoFocus
          onChange={(event) => setNote(event.target.value)}
          className="mt-2.5 block w-full rounded-control border border-line-strong bg-canvas px-2.5 py-1.5 text-ui [field-sizing:content] coarse:text-[16px]"
        />
      )}
      <div className="flex flex-wrap items-center gap-2 pt-3">
        <Button
          weight="filled"
          data-allows
          aria-disabled={isGuarded}
          onClick={() => void onAnswer("allow", null)}
          className="coarse:flex-1"
        >
          {request.kind === "plan" ? "Go on" : "Allow once"}
          {hasChord && <Kbd>Ctrl ⏎</Kbd>}
        </Button>
        {request.always !== null && <Always of={request.always} isGuarded={isGuarded} onClick={() => void onAnswer("always", null)} />}
        <Button
          aria-disabled={isGuarded}
          onClick={() => void onAnswer("deny", note === null || note.trim() === "" ? null : note)}
          className="coarse:flex-1"
        >
          {note === null || note.trim() === "" ? "Decline" : "Decline with the note"}
        </Button>
        {note === null && (
          <Button weight="quiet" onClick={() => setNote("")}>
            Add a note
          </Button>
        )}
        <Button weight="quiet" onClick={onStop} className="ml-auto">
          Stop the turn
        </Button>
      </div>
    </>
  )
}

const Always = ({ of, isGuarded, onClick }: { readonly of: string; readonly isGuarded: boolean; readonly onClick: () => void }) => (
  <Button
    data-allows
    aria-disabled={isGuarded}
    onClick={onClick}
    className="h-auto min-h-7 max-w-full py-0.5 text-left whitespace-normal coarse:min-h-11"
  >
    <span>
      Always: <span className="font-mono text-sec break-all">{of}</span>
    </span>
  </Button>
)
