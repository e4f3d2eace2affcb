// Where toasts stand: below the header, never over the composer or a certificate, each leaving by itself unless looked at.
import { X } from "lucide-react"
import { useEffect, useState } from "react"
import { cx } from "./cx.ts"
import { IconButton } from "./icon-button.tsx"
import { hideToast, useToasts, type Toast } from "./toasts.ts"

export const ToastList = () => {
  const list = useToasts((toasts) => toasts.list)
  return (
    <div
      role="region"
      aria-label="Notifications"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-2 top-[calc(3.75rem+env(safe-area-inset-top))] z-50 flex flex-col items-center gap-2 desk:inset-x-auto desk:top-14 desk:right-4 desk:items-end"
    >
      {list.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

const ToastView = ({ toast }: { readonly toast: Toast }) => {
  const [isLookedAt, setLookedAt] = useState(false)
  useEffect(() => {
    if (isLookedAt) return
    const timer = window.setTimeout(() => hideToast(toast.id), toast.millis)
    return () => window.clearTimeout(timer)
  }, [toast, isLookedAt])
  const act = (): void => {
    toast.action?.run()
    hideToast(toast.id)
  }
  return (
    <div
      onPointerEnter={() => setLookedAt(true)}
      onPointerLeave={() => setLookedAt(false)}
      onFocus={() => setLookedAt(true)}
      onBlur={() => setLookedAt(false)}
      className="rise pointer-events-auto flex max-w-md items-center gap-2 rounded-panel border border-line bg-overlay py-1.5 pr-1.5 pl-3 text-ui shadow-float"
    >
      <p className={cx("min-w-0 flex-1 py-1", toast.tone === "problem" && "text-danger")}>{toast.text}</p>
      {toast.action !== null && (
        <button
          type="button"
          onClick={act}
          className="rounded-control px-2 py-1 font-medium text-accent-text hover:bg-raised coarse:min-h-11"
        >
          {toast.action.label}
        </button>
      )}
      <IconButton icon={X} name="Dismiss" onClick={() => hideToast(toast.id)} />
    </div>
  )
}
