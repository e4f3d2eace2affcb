// Sessions with their processes as a tree: arrows move, right and left open and close.
import { useRef, useState, type KeyboardEvent } from "react"
import type { TreeId } from "@corral/contracts/ids"
import { sessionKey } from "@corral/domain/views/session-key"
import type { History } from "./history.ts"
import { colourOf } from "./series-colours.ts"
import { ProcessRow } from "./process-row.tsx"
import type { SeenTree } from "./seen-tree.ts"
import { SessionRow } from "./session-row.tsx"
import { SharedRow } from "./shared-row.tsx"
import { inTreeOrder } from "./tree-order.ts"
import { columns } from "./tree-columns.ts"

interface TreeGridProps {
  readonly trees: readonly SeenTree[]
  readonly at: number
  readonly history: History
}

export const TreeGrid = ({ trees, at, history }: TreeGridProps) => {
  const [closed, setClosed] = useState<ReadonlySet<TreeId>>(new Set())
  const grid = useRef<HTMLDivElement>(null)
  const setOpen = (treeId: TreeId, isOpen: boolean): void =>
    setClosed((before) => {
      const next = new Set(before)
      if (isOpen) next.delete(treeId)
      else next.add(treeId)
      return next
    })
  const onKeyDown = (event: KeyboardEvent): void => {
    const rows = [...(grid.current?.querySelectorAll<HTMLElement>("[role=row][tabindex]") ?? [])]
    const at = rows.findIndex((row) => row === event.target)
    const next = { ArrowDown: rows[at + 1], ArrowUp: rows[at - 1], Home: rows[0], End: rows.at(-1) }[event.key]
    if (at === -1 || next === undefined) return
    event.preventDefault()
    next.focus()
  }
  return (
    <section aria-label="Sessions" className="overflow-hidden rounded-panel border border-line">
      <div ref={grid} role="treegrid" aria-label="Processes by session" onKeyDown={onKeyDown}>
        <div role="row" className={`hidden border-b border-line px-4 py-1.5 text-meta text-text-3 wide:grid ${columns}`}>
          {["Session", "Alive because → ends when", "10 min", "Memory", "CPU", "Procs", "Acts"].map((name) => (
            <span key={name} role="columnheader" className={name === "Acts" ? "sr-only" : rightAligned.has(name) ? "text-right" : ""}>
              {name}
            </span>
          ))}
        </div>
        {trees.map((tree) => {
          const isOpen = !closed.has(tree.treeId)
          const colour = colourOf(history.sessions.findIndex((one) => one.key === sessionKey(tree)))
          return (
            <div key={tree.treeId} role="rowgroup" className="border-b border-line py-1.5 last:border-0">
              <SessionRow tree={tree} isOpen={isOpen} colour={colour} history={history} onOpen={(open) => setOpen(tree.treeId, open)} />
              {isOpen &&
                inTreeOrder(tree.processes).map((line) => (
                  <ProcessRow key={`${line.process.pid}.${line.process.startedAt}`} line={line} at={at} />
                ))}
              {isOpen && <SharedRow tree={tree} />}
            </div>
          )
        })}
      </div>
    </section>
  )
}

const rightAligned = new Set(["Memory", "CPU", "Procs"])
