// One item of the transcript, drawn by what it is. A row is read by its key, so text on its way draws this item only.
import { memo } from "react"
import type { ItemId, ThreadId, TurnId } from "@corral/contracts/ids"
import type { Row } from "@corral/contracts/turn"
import { useKey } from "../link/use-key.ts"
import { Markdown } from "../markdown/markdown.tsx"
import type { Body } from "../thread/body.ts"
import { EndedRow } from "./ended-row.tsx"
import type { Item } from "./items.ts"
import { NoticeRow } from "./notice-row.tsx"
import { PlanRow } from "./plan-row.tsx"
import { StoppedRow } from "./stopped-row.tsx"
import { ThinkingRow } from "./thinking-row.tsx"
import { ToolRow } from "./tool-row.tsx"
import { UserRow } from "./user-row.tsx"
import { WorkRow } from "./work-row.tsx"

interface ItemViewProps {
  readonly item: Item
  readonly body: Body
  readonly threadId: ThreadId
  readonly onToggle: (turnId: TurnId) => void
}

export const ItemView = ({ item, body, threadId, onToggle }: ItemViewProps) =>
  item.kind === "work" ? (
    <WorkRow item={item} onToggle={() => onToggle(item.turnId)} />
  ) : (
    <RowByKey itemId={item.row.itemId} fallback={item.row} body={body} threadId={threadId} />
  )

interface RowByKeyProps {
  readonly itemId: ItemId
  readonly fallback: Row
  readonly body: Body
  readonly threadId: ThreadId
}

const RowByKey = ({ itemId, fallback, body, threadId }: RowByKeyProps) => (
  <RowView row={useKey(body.rows, itemId) ?? fallback} threadId={threadId} />
)

const RowView = memo(function RowView({ row, threadId }: { readonly row: Row; readonly threadId: ThreadId }) {
  switch (row._tag) {
    case "user":
      return <UserRow row={row} />
    case "text":
      return (
        <div className="py-2">
          <Markdown text={row.text} done={row.done} />
        </div>
      )
    case "thinking":
      return <ThinkingRow row={row} />
    case "tool":
      return <ToolRow row={row} threadId={threadId} />
    case "plan":
      return <PlanRow row={row} />
    case "notice":
      return <NoticeRow row={row} />
    case "stopped":
      return <StoppedRow row={row} />
    case "ended":
      return <EndedRow row={row} />
  }
})
