// Reads one key of a store; the component renders again when that key changes, and for no other reason.
import type { Store } from "@corral/client/store"
import { useCallback, useSyncExternalStore } from "react"

/** `key` null: nothing is read. */
export const useKey = <K, V>(store: Store<K, V>, key: K | null): V | undefined =>
  useSyncExternalStore(
    useCallback((listener: () => void) => (key === null ? silent : store.listen(key, listener)), [store, key]),
    () => (key === null ? undefined : store.get(key)),
  )

const silent = (): void => undefined
