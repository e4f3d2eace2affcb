// Which layer lies over the page: at most one of palette, key sheet and confirmation.
import { create } from "zustand"
import type { ThreadId } from "@corral/contracts/ids"

export type Layer =
  | { readonly tag: "palette" }
  | { readonly tag: "keys" }
  | { readonly tag: "rename"; readonly threadId: ThreadId; readonly title: string }
  | { readonly tag: "delete"; readonly threadId: ThreadId; readonly title: string }
  | { readonly tag: "add-project" }

export const useLayer = create<{ readonly layer: Layer | null }>(() => ({ layer: null }))
export const openLayer = (layer: Layer): void => useLayer.setState({ layer })
export const closeLayer = (): void => useLayer.setState({ layer: null })
