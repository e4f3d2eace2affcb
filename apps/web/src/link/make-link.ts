// Connects to the server that this page came from. The cookie signs in; nothing else is ever connected to.
import { connect } from "@corral/client/connect"
import { makeBodies } from "../thread/bodies.ts"
import { makeVitals } from "../runtime/vitals.ts"
import type { Link } from "./link.ts"
import { makeShell } from "./shell.ts"

export const makeLink = (): Link => {
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/rpc`
  const connection = connect({ open: () => new WebSocket(address) })
  const wake = (): void => {
    if (!document.hidden) connection.wake()
  }
  window.addEventListener("online", wake)
  window.addEventListener("focus", wake)
  document.addEventListener("visibilitychange", wake)
  const shell = makeShell(connection)
  return { connection, shell, bodies: makeBodies(connection), vitals: makeVitals(connection, shell) }
}
