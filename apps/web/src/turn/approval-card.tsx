// An agent asks to do something. The card shows the thing itself, takes no focus, and no plain key allows anything.
import { useEffect, useRef, useState, type KeyboardEvent } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import type { Request } from "@corral/contracts/turn"
import { Markdown } from "../markdown/markdown.tsx"
import { useSeconds } from "../ui/clock.ts"
import { formatClock } from "../ui/format-time.ts"
import { ApprovalButtons } from "./approval-buttons.tsx"
import { DiffText, looksLikeDiff } from "./diff-text.tsx"
import { ExactText } from "./exact-text.tsx"
import { useAnswering } from "./use-answering.ts"

export interface RequestCardProps {
  readonly threadId: ThreadId
  readonly request: Request
  readonly count: number
  /** Destructive, or outside of the project: no chord. */
  readonly isRisky: boolean
  readonly onStop: () => void
}

const questions = {
  command: "Allow this command?",
  edit: "Allow this edit?",
  tool: "Allow this tool?",
  plan: "Go on with this plan?",
  question: "",
} as const

export const ApprovalCard = ({ threadId, request, count, isRisky, onStop }: RequestCardProps) => {
  const { isGuarded, given, give } = useAnswering(threadId, request)
  const card = useRef<HTMLElement>(null)
  const answer = (decision: "allow" | "always" | "deny", text: string | null): Promise<void> => give({ decision, text, answers: {} })
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.repeat) return
    const isChord = event.ctrlKey || event.metaKey
    // Plain Enter never allows, not even with the focus on the button that does.
    if (allows(event.target)) event.preventDefault()
    if (isChord && !isRisky) void answer("allow", null)
  }
  return (
    <section
      ref={card}
      id="approval"
      tabIndex={-1}
      aria-label={questions[request.kind]}
      onKeyDown={onKeyDown}
      className="mb-2 max-h-[55dvh] overflow-y-auto rounded-composer border border-attention bg-surface px-3.5 py-3"
    >
      <header className="mb-2 flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <span aria-hidden className="text-attention">
          ◆
        </span>
        <h2 className="font-semibold">{questions[request.kind]}</h2>
        <span className="rounded-chip bg-raised px-1.5 text-sec text-text-2">{request.toolName}</span>
        <Waiting since={request.openedAt} count={count} />
      </header>
      <Subject request={request} />
      <p className="mt-1.5 text-sec break-words text-text-3">
        {request.cwd !== null && (
          <>
            in <code>{request.cwd}</code>
          </>
        )}
        {isRisky && (
          <span className="text-attention">
            {request.cwd === null ? "" : " · "}has no key: it can destroy, or reaches outside of the project
          </span>
        )}
      </p>
      <ApprovalButtons request={request} hasChord={!isRisky} isGuarded={isGuarded} given={given} onAnswer={answer} onStop={onStop} />
    </section>
  )
}

/** Buttons that allow carry the mark `data-allows`. */
export const allows = (target: EventTarget): boolean => target instanceof HTMLElement && target.dataset["allows"] !== undefined

const Waiting = ({ since, count }: { readonly since: number; readonly count: number }) => {
  const now = useSeconds()
  return (
    <span className="numbers ml-auto text-sec text-text-3">
      waiting {formatClock(now - since)}
      {count > 1 && ` · 1 of ${count}`}
    </span>
  )
}

const Subject = ({ request }: { readonly request: Request }) => {
  const box = useRef<HTMLPreElement>(null)
  // The end of a long text can hide what matters: that there is more below must be seen.
  const [hasMore, setHasMore] = useState(false)
  useEffect(() => {
    const element = box.current
    if (element !== null) setHasMore(element.scrollHeight > element.clientHeight + 1)
  }, [request.subject])
  if (request.kind === "plan") {
    return (
      <div tabIndex={0} role="region" aria-label="Plan" className="max-h-72 overflow-y-auto rounded-control bg-canvas px-3 py-2">
        <Markdown text={request.subject} done />
      </div>
    )
  }
  return (
    <>
      <pre
        ref={box}
        tabIndex={0}
        aria-label="Exactly what would be done"
        className="max-h-56 overflow-y-auto rounded-control bg-canvas px-3 py-2 text-code break-all whitespace-pre-wrap"
      >
        {looksLikeDiff(request.subject) ? <DiffText text={request.subject} /> : <ExactText text={request.subject} />}
      </pre>
      {hasMore && <p className="pt-1 text-sec text-attention">There is more: scroll to see all of it.</p>}
    </>
  )
}
