// Short reports of something done elsewhere, such as an archived thread with its undo.
import { create } from "zustand"

export interface Toast {
  readonly id: string
  readonly text: string
  readonly tone: "plain" | "problem"
  readonly action: { readonly label: string; readonly run: () => void } | null
  readonly millis: number
}

/** More than this at once is a storm: the oldest go. */
const shownToasts = 3
const plainMillis = 5000
const problemMillis = 10_000

interface Toasts {
  readonly list: readonly Toast[]
}
export const useToasts = create<Toasts>(() => ({ list: [] }))

/** The same id replaces what stands there. */
export const showToast = (toast: Pick<Toast, "id" | "text"> & Partial<Toast>): void => {
  const tone = toast.tone ?? "plain"
  const whole: Toast = { action: null, millis: tone === "problem" ? problemMillis : plainMillis, ...toast, tone }
  useToasts.setState(({ list }) => ({ list: [...list.filter((one) => one.id !== toast.id), whole].slice(-shownToasts) }))
}

export const hideToast = (id: string): void => useToasts.setState(({ list }) => ({ list: list.filter((toast) => toast.id !== id) }))
