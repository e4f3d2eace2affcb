// The server's own status, asked once in a while: its settings change seldom.
import { useEffect, useState } from "react"
import type { Connection } from "@corral/client/connect"
import type { Status } from "@corral/contracts/rpc"
import { useLink } from "./link.ts"

const freshMillis = 60_000

let known: { readonly status: Status; readonly at: number } | null = null
let asking: Promise<Status> | null = null

export const useStatus = (): Status | null => {
  const { connection } = useLink()
  const [status, setStatus] = useState(known?.status ?? null)
  useEffect(() => {
    if (known !== null && Date.now() - known.at < freshMillis) return
    let isMounted = true
    ask(connection).then(
      (answer) => isMounted && setStatus(answer),
      // Without an answer the last one stays; the view that needs it asks again when it is opened next.
      () => undefined,
    )
    return () => {
      isMounted = false
    }
  }, [connection])
  return status
}

// Many views may want it at once; it is asked for once.
const ask = async (connection: Connection): Promise<Status> => {
  asking ??= connection.call("status", {}).finally(() => (asking = null))
  const status = await asking
  known = { status, at: Date.now() }
  return status
}
