// The agent's plan, step by step: done, at work, to come.
import { Check, Circle, CircleDot } from "lucide-react"
import type { Row } from "@corral/contracts/turn"
import { cx } from "../ui/cx.ts"

const marks = { done: Check, active: CircleDot, pending: Circle } as const
const tones = { done: "text-ok", active: "text-plan", pending: "text-text-3" } as const
const words = { done: "done", active: "at work", pending: "to come" } as const

export const PlanRow = ({ row }: { readonly row: Extract<Row, { _tag: "plan" }> }) => {
  const done = row.entries.filter((entry) => entry.state === "done").length
  return (
    <section aria-label="Plan" className="my-2 rounded-panel border border-line px-3.5 py-2.5">
      <h3 className="mb-1 text-sec text-text-2">
        Plan{" "}
        <span className="numbers text-text-3">
          {done}/{row.entries.length}
        </span>
      </h3>
      <ol>
        {row.entries.map((entry, index) => {
          const Mark = marks[entry.state]
          return (
            <li key={index} className="flex items-start gap-2 py-0.5">
              <Mark size={13} strokeWidth={1.75} aria-label={words[entry.state]} className={cx("mt-1 shrink-0", tones[entry.state])} />
              <span
                className={cx(
                  "min-w-0 break-words",
                  entry.state === "done" ? "text-text-3" : entry.state === "active" ? "text-text" : "text-text-2",
                )}
              >
                {entry.text}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
