// A line of 26 px that opens: chevron, icon, name, what it is about, and at its right how it went.
import { ChevronDown, ChevronRight, type LucideIcon } from "lucide-react"
import type { ReactNode } from "react"
import { cx } from "../ui/cx.ts"

interface FoldLineProps {
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly icon?: LucideIcon
  readonly tone?: "plain" | "problem" | "live"
  readonly children: ReactNode
  readonly right?: ReactNode
}

const tones = { plain: "text-text-3", problem: "text-danger", live: "text-live" } as const

export const FoldLine = ({ isOpen, onToggle, icon: Icon, tone = "plain", children, right }: FoldLineProps) => {
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={onToggle}
      className="group -mx-1.5 flex min-h-6.5 w-[calc(100%+0.75rem)] items-center gap-2 rounded-control px-1.5 text-left text-text-2 hover:bg-raised hover:text-text coarse:min-h-11"
    >
      <Chevron size={12} strokeWidth={1.75} aria-hidden className="shrink-0 text-text-3" />
      {Icon !== undefined && <Icon size={13} strokeWidth={1.75} aria-hidden className={cx("shrink-0", tones[tone])} />}
      <span className="flex min-w-0 flex-1 items-baseline gap-2">{children}</span>
      {right !== undefined && <span className="numbers shrink-0 text-meta text-text-3">{right}</span>}
    </button>
  )
}
