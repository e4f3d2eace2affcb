// Where a message is written: a plain text field that grows, its draft kept whatever happens, menus below, send and stop at the right.
import { ArrowUp } from "lucide-react"
import { useState, type KeyboardEvent, type ReactNode } from "react"
import { maxTurnChars } from "@corral/contracts/limits"
import { Button } from "../ui/button.tsx"
import { cx } from "../ui/cx.ts"
import { useMedia } from "../ui/use-media.ts"
import { afterSend, readDraft } from "./drafts.ts"
import { useDraft } from "./use-draft.ts"
import { useRecall } from "./use-recall.ts"

export interface ComposerProps {
  readonly draftKey: string
  readonly placeholder: string
  /** Resolves to whether the message was taken; only then the draft is cleared. */
  readonly onSend: (text: string) => Promise<boolean>
  /** Why nothing can be sent now, in words; null: it can. */
  readonly blocked?: string | null
  readonly onStop?: (() => void) | null
  readonly stop?: ReactNode
  readonly recall: readonly string[]
  readonly controls: ReactNode
  readonly above?: ReactNode
  readonly autoFocus?: boolean
}

export const Composer = (props: ComposerProps) => {
  const { draftKey, onSend, blocked = null } = props
  const [text, setText] = useDraft(draftKey)
  const hasTouch = useMedia("(pointer: coarse)")
  const recall = useRecall(props.recall, text, setText)
  const tooLong = text.length > maxTurnChars
  const { send, canSend } = useSend({ draftKey, onSend, isReady: !tooLong && blocked === null, text, setText })
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === "." && (event.ctrlKey || event.metaKey) && props.onStop) {
      event.preventDefault()
      props.onStop()
    }
    if (event.key === "Enter" && !event.shiftKey && !hasTouch) {
      event.preventDefault()
      void send()
    }
    if (recall(event.key, event.currentTarget)) event.preventDefault()
  }
  return (
    <div
      className={cx(
        "rounded-composer border bg-raised transition-colors duration-90 focus-within:border-line-strong",
        tooLong ? "border-danger" : "border-line",
      )}
    >
      {props.above}
      <textarea
        id="composer"
        aria-label="Message"
        placeholder={props.placeholder}
        value={text}
        rows={1}
        // A view that is opened to write in has the field ready.
        autoFocus={props.autoFocus === true && !hasTouch}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="block max-h-[40dvh] min-h-11 w-full resize-none bg-transparent px-3.5 pt-3 pb-1 text-prose outline-none [field-sizing:content] coarse:text-[16px]"
      />
      <div className="flex flex-wrap items-center gap-1 px-2 pb-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-0.5">{props.controls}</div>
        <p role="status" className="text-meta text-text-3">
          {tooLong ? <span className="text-danger">{(text.length - maxTurnChars).toLocaleString("en")} characters too many</span> : blocked}
        </p>
        {props.stop}
        <Button
          weight="filled"
          aria-label="Send"
          title="Send (Enter)"
          disabled={!canSend}
          onClick={() => void send()}
          className="size-8 px-0 coarse:size-11 coarse:px-0"
        >
          <ArrowUp size={16} strokeWidth={2} aria-hidden />
        </Button>
      </div>
    </div>
  )
}

interface Outgoing extends Pick<ComposerProps, "draftKey" | "onSend"> {
  readonly text: string
  readonly setText: (text: string) => void
  readonly isReady: boolean
}

/** One message at a time; what is typed while it is on its way stays. */
const useSend = ({ draftKey, onSend, text, setText, isReady }: Outgoing) => {
  const [isSending, setSending] = useState(false)
  const canSend = text.trim() !== "" && !isSending && isReady
  const send = async (): Promise<void> => {
    if (!canSend) return
    setSending(true)
    const isTaken = await onSend(text)
    setSending(false)
    if (isTaken) setText(afterSend(readDraft(draftKey), text))
  }
  return { send, canSend }
}
