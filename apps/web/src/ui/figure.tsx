// One number with its name over it and what it is of below it; figures stand side by side in a `dl`.
import type { ReactNode } from "react"
import { cx } from "./cx.ts"

interface FigureProps {
  readonly name: ReactNode
  readonly number: string
  readonly unit?: string
  readonly note?: ReactNode
  readonly tone?: string
  readonly className?: string
  readonly children?: ReactNode
}

export const Figure = ({ name, number, unit, note, tone, className, children }: FigureProps) => (
  <div className={cx("px-4 py-3", className)}>
    <dt className={cx("flex items-center gap-1.5 text-sec", tone ?? "text-text-3")}>{name}</dt>
    <dd className={cx("numbers text-big font-semibold", tone)}>
      {number} {unit !== undefined && <span className="text-ui font-normal text-text-3">{unit}</span>}
    </dd>
    {((note !== undefined && note !== null) || children !== undefined) && (
      <dd className="numbers flex items-center gap-2 text-meta text-text-3">
        {children}
        {note}
      </dd>
    )}
  </div>
)
