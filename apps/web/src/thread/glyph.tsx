// The status of a thread as a shape of 12 px: diamond, triangle, disc with ring, disc, dashed ring, ring, dash.
import type { ReactNode } from "react"
import { cx } from "../ui/cx.ts"
import type { Status, StatusView } from "./status.ts"

const colours: Readonly<Record<Status, string>> = {
  needs: "text-attention",
  trouble: "text-danger",
  working: "text-live",
  done: "text-done",
  moving: "text-live",
  idle: "text-idle",
  asleep: "text-idle",
}

const shapes: Readonly<Record<Status, ReactNode>> = {
  needs: <path d="M6 .8 11.2 6 6 11.2.8 6Z" fill="currentColor" />,
  trouble: <path d="M6 1.2 11.4 10.6H.6Z" fill="currentColor" />,
  working: (
    <>
      <circle cx="6" cy="6" r="3" fill="currentColor" />
      <circle cx="6" cy="6" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.1" className="breath" />
    </>
  ),
  done: <circle cx="6" cy="6" r="3.6" fill="currentColor" />,
  moving: <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.3 2.3" />,
  idle: <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  asleep: <path d="M2.4 6h7.2" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" />,
}

export const Glyph = ({ view, className }: { readonly view: StatusView; readonly className?: string }) => (
  <svg
    viewBox="0 0 12 12"
    role="img"
    aria-label={view.name}
    className={cx("glyph size-3 shrink-0 overflow-visible", colours[view.status], className)}
  >
    <title>{view.name}</title>
    {shapes[view.status]}
  </svg>
)
