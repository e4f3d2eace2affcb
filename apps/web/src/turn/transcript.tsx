// The conversation: a virtual list that stays at its end for as long as the reader wants it to.
import { ArrowDown } from "lucide-react"
import { useMemo, useRef, useState } from "react"
import type { ThreadId, TurnId } from "@corral/contracts/ids"
import type { Body, BodyView } from "../thread/body.ts"
import { Button } from "../ui/button.tsx"
import { cx } from "../ui/cx.ts"
import { ItemView } from "./item-view.tsx"
import { itemsOf } from "./items.ts"
import { useFetchOlder } from "./use-fetch-older.ts"
import { usePin } from "./use-pin.ts"
import { useRowList } from "./use-row-list.ts"
import { useSettled } from "./use-settled.ts"

interface TranscriptProps {
  readonly threadId: ThreadId
  readonly body: Body
  readonly view: BodyView
}

export const Transcript = ({ threadId, body, view }: TranscriptProps) => {
  const [opened, setOpened] = useState<ReadonlySet<TurnId>>(new Set())
  const items = useMemo(() => itemsOf(view.transcript, opened), [view.transcript, opened])
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const { isPinned, pin, handlers } = usePin(scroller, content)
  const isSettled = useSettled(content, view.state === "ready")
  const list = useRowList(threadId, items, scroller)
  useFetchOlder(body, view.more, scroller)
  const toggle = (turnId: TurnId): void => setOpened((before) => toggled(before, turnId))

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label="Conversation"
        tabIndex={0}
        {...handlers}
        className="focus-inset h-full overflow-y-auto overscroll-contain [overflow-anchor:none] [scrollbar-gutter:stable_both-edges]"
      >
        <div
          ref={(node) => {
            content.current = node
            list.containerRef(node)
          }}
          className={cx("relative w-full", !isSettled && "invisible")}
        >
          {list.getVirtualItems().map((virtual) => {
            const item = items[virtual.index]
            return (
              item !== undefined && (
                <div key={virtual.key} ref={list.measureElement} data-index={virtual.index} className="absolute inset-x-0 px-4 desk:px-6">
                  <div className="reading-column">
                    <ItemView item={item} body={body} threadId={threadId} onToggle={toggle} />
                  </div>
                </div>
              )
            )
          })}
        </div>
      </div>
      {!isPinned && (
        <Button onClick={pin.set} className="rise absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full bg-overlay shadow-float">
          <ArrowDown size={13} strokeWidth={1.75} aria-hidden />
          Latest
        </Button>
      )}
    </div>
  )
}

const toggled = (before: ReadonlySet<TurnId>, turnId: TurnId): ReadonlySet<TurnId> => {
  const next = new Set(before)
  if (!next.delete(turnId)) next.add(turnId)
  return next
}
