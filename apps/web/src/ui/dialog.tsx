// A dialog over the page; Base UI keeps the focus inside and gives it back. Only ever imported lazily.
import { Dialog as Base } from "@base-ui/react/dialog"
import { useState, type ReactNode } from "react"
import { cx } from "./cx.ts"

interface DialogProps {
  readonly title: string
  /** The title is said but not drawn, where the content shows itself what it is. */
  readonly hideTitle?: boolean
  readonly onClose: () => void
  readonly className?: string
  readonly children: ReactNode
}

export const Dialog = ({ title, hideTitle = false, onClose, className, children }: DialogProps) => {
  // Where the person was: a dialog that was fetched late has no trigger to go back to.
  const [before] = useState(() => (document.activeElement instanceof HTMLElement ? document.activeElement : null))
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-canvas/70" />
        <Base.Viewport className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto p-4 pt-[14vh] coarse:pt-8">
          <Base.Popup
            finalFocus={() => (before?.isConnected === true ? before : true)}
            className={cx("rise w-full max-w-md rounded-dialog border border-line bg-overlay shadow-float outline-none", className)}
          >
            <Base.Title className={hideTitle ? "sr-only" : "px-5 pt-4 text-title font-semibold"}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
