// A view with nothing to show but a sentence and the next step.
import type { ReactNode } from "react"

export const EmptyView = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="flex flex-1 flex-col items-center justify-center gap-3 overflow-y-auto p-6 text-center text-text-2">
    <h1 className="text-title font-semibold text-text">{title}</h1>
    {children}
  </div>
)
