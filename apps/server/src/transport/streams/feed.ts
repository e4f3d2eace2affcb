// What a stream is to the connection that carries it, and the connection to the stream.
import type { Refusal } from "@corral/contracts/rpc"
import type * as Effect from "effect/Effect"
import type { Failure } from "../refusal.ts"

export interface Outlet<Item> {
  /** Sent, or dropped where the client is behind; then the feed is asked to begin anew once the client has caught up. */
  readonly send: (item: Item) => void
  /** Nothing is sent after it. */
  readonly end: (refusal: Refusal | null) => void
}

export interface Feed {
  /** Sends where the stream stands now, whole. */
  readonly fresh: Effect.Effect<void, Failure>
  readonly close: () => void
}
