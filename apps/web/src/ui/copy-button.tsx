// Copies a text and says so for a moment, in its own place.
import { Check, Copy } from "lucide-react"
import { useEffect, useState } from "react"

const saidMillis = 1500

interface CopyButtonProps {
  readonly text: string | (() => string)
  /** The accessible name, where "Copy" alone would not tell what. */
  readonly label: string
  readonly children?: string
}

export const CopyButton = ({ text, label, children = "Copy" }: CopyButtonProps) => {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle")
  useEffect(() => {
    if (state === "idle") return
    const timer = window.setTimeout(() => setState("idle"), saidMillis)
    return () => window.clearTimeout(timer)
  }, [state])
  const copy = (): void => {
    copyText(typeof text === "function" ? text() : text).then(
      () => setState("copied"),
      () => setState("failed"),
    )
  }
  const Icon = state === "copied" ? Check : Copy
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={state === "idle" ? label : `${label}: ${state}`}
      className="focus-inset inline-flex h-6 items-center gap-1 rounded-chip px-1.5 text-meta text-text-2 hover:bg-raised hover:text-text coarse:h-11 coarse:px-3"
    >
      <Icon size={12} strokeWidth={1.75} aria-hidden />
      {state === "copied" ? "Copied" : state === "failed" ? "Not copied" : children}
    </button>
  )
}

// Browsers give the clipboard to secure pages only; a phone on the local net has none and must be told so.
const copyText = async (text: string): Promise<void> => {
  if (!("clipboard" in navigator)) throw new Error("no clipboard here")
  await navigator.clipboard.writeText(text)
}
