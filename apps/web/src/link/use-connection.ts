// How the line to the server stands.
import type { ConnectionState } from "@corral/client/state"
import { useCallback, useSyncExternalStore } from "react"
import { useLink } from "./link.ts"

export const useConnection = (): ConnectionState => {
  const { connection } = useLink()
  return useSyncExternalStore(
    useCallback((listener: () => void) => connection.onState(listener), [connection]),
    () => connection.state(),
  )
}
