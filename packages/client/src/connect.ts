// A connection to a Corral server, for browsers and Node: the public API's own client. The web app and the CLI use nothing else.
//
//   const connection = connect({ open: () => new WebSocket("ws://127.0.0.1:4150/rpc") })
//   const { threads } = await connection.call("threads", { status: "active", projectId: null, before: null, limit: 50 })
//   const stop = connection.watch("thread", () => ({ threadId, after: lastSeq }), { item: show })
//   const receipt = await connection.dispatch({ _tag: "thread.archive", threadId })
//   connection.close()
import type { ClientCommand } from "@corral/contracts/command"
import type { CommandId } from "@corral/contracts/ids"
import type { Receipt } from "@corral/contracts/receipt"
import type { Calls, Method, StreamName, Streams } from "@corral/contracts/rpc"
import { call, pendingCalls } from "./call.ts"
import { dispatch, pendingOrders } from "./dispatch.ts"
import { newId } from "./ids.ts"
import { Line } from "./line.ts"
import type { WebSocketLike } from "./socket.ts"
import type { ConnectionState } from "./state.ts"
import { realTiming, type Timing } from "./timing.ts"
import { WatchPart, type Watcher } from "./watch.ts"

export interface ConnectOptions extends Partial<Timing> {
  /** A new socket for each attempt. `new WebSocket(url)` will do; how it signs in (cookie, bearer) is up to the caller. */
  readonly open: () => WebSocketLike
}

export interface Connection {
  /**
   * One question, one answer. Rejects with `Refused` (the server said no, and why) or `Disconnected` (no answer came). While there is no
   * line it waits for one attempt to connect. A question that was broken off is not asked again by itself.
   */
  call<M extends Method>(method: M, payload: Calls[M]["takes"]): Promise<Calls[M]["gives"]>
  /**
   * A stream that survives reconnects: it is watched again then, and `takes` is asked again, so it can say how far it has come.
   * Returns how to stop.
   */
  watch<S extends StreamName>(stream: S, takes: () => Streams[S]["takes"], watcher: Watcher<S>): () => void
  /**
   * An order. It is sent again with the same id after every reconnect until there is a receipt, so it is done once. That the domain
   * rejects it is a receipt as well. Rejects with `Refused` or, when the connection is closed, `Disconnected`.
   */
  dispatch(command: ClientCommand, commandId?: CommandId): Promise<Receipt>
  state(): ConnectionState
  /** Called at each change, not at once. Returns how to stop listening. */
  onState(listener: (state: ConnectionState) => void): () => void
  /** The person is back, or the network is: try now instead of later; or, if all seems well, see whether it is. */
  wake(): void
  /** For good. What waits for an answer rejects with `Disconnected`. */
  close(): void
}

/** Connects, and stays connected until `close`. */
export function connect(options: ConnectOptions): Connection {
  const line = new Line(options.open, { ...realTiming, ...options })
  const calls = pendingCalls(line)
  const orders = pendingOrders(line)
  const watches = new WatchPart(line)
  // Orders go first after a reconnect, so that streams begin with what they have done.
  line.start([orders, calls, watches])
  return {
    call: (method, payload) => call(calls, method, payload),
    watch: (stream, takes, watcher) => watches.watch(stream, takes, watcher),
    dispatch: (command, commandId = newId("cmd")) => dispatch(orders, command, commandId),
    state: () => line.state(),
    onState: (listener) => line.onState(listener),
    wake: () => line.wake(),
    close: () => line.close(),
  }
}
