// Whether a media query holds now.
import { useSyncExternalStore } from "react"

export const useMedia = (query: string): boolean =>
  useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query)
      list.addEventListener("change", listener)
      return () => list.removeEventListener("change", listener)
    },
    () => window.matchMedia(query).matches,
  )

/** Narrower than the shell's two columns. */
export const usePhone = (): boolean => useMedia("(width < 48rem)")
