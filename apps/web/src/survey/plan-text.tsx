// What would end, process by process: never cut, for it is what a person consents to.
import type { EndPlan } from "@corral/contracts/survey"
import { inTreeOrder } from "../runtime/tree-order.ts"
import { formatBytes } from "../ui/format-bytes.ts"

/** Less is a matter of rounding, and not worth a row. */
const worthTelling = 1_000_000
/** Deeper than this the indent stays, or the command would have no room. */
const drawnDepth = 5

export const PlanText = ({ plan: { ends, memoryBytes } }: { readonly plan: EndPlan }) => {
  const shared = memoryBytes - ends.reduce((sum, process) => sum + process.memoryBytes, 0)
  return (
    <>
      <ul
        aria-label="Would end"
        // Reached by keys, since it may be longer than its box.
        tabIndex={0}
        className="numbers mt-1 max-h-[40dvh] overflow-y-auto rounded-control border border-line bg-canvas py-1.5 text-sec"
      >
        {inTreeOrder(ends).map(({ process, depth }) => (
          <li key={`${process.pid}.${process.start}`} className="flex items-baseline gap-3 px-3 py-0.5">
            <span className="w-14 shrink-0 text-right text-text-3">{process.pid}</span>
            <code className="min-w-0 flex-1 break-all text-text" style={{ paddingLeft: `${Math.min(depth, drawnDepth) * 0.9}rem` }}>
              {depth > 0 && <span aria-hidden>└ </span>}
              {process.command}
            </code>
            <span className="w-16 shrink-0 text-right">{formatBytes(process.memoryBytes)}</span>
          </li>
        ))}
        {shared >= worthTelling && (
          <li className="flex items-baseline gap-3 px-3 py-0.5 text-text-3">
            <span className="w-14 shrink-0" />
            <span className="min-w-0 flex-1">shared files, counted once</span>
            <span className="w-16 shrink-0 text-right">{formatBytes(shared)}</span>
          </li>
        )}
      </ul>
      <p className="numbers pt-3">
        They hold <span className="text-text">{formatBytes(memoryBytes)}</span>. Each gets TERM, and KILL after 5 s, its pid and start read
        again right before. What they start meanwhile ends with them; nobody else is signalled.
      </p>
    </>
  )
}
