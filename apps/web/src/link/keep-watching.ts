// A stream for as long as it is wanted: one that the server ended is asked for again after a while, so no view stays as it was then.
import type { Connection } from "@corral/client/connect"
import type { Watcher } from "@corral/client/watch"
import type { StreamName, Streams } from "@corral/contracts/rpc"

/** Short enough for who looks at a page that says "unknown", long enough not to press a server that is in trouble. */
export const againMillis = 2_000

export interface Wanted<S extends StreamName> extends Watcher<S> {
  /** Asked anew each time. */
  readonly takes: () => Streams[S]["takes"]
}

/** Returns how to stop. What is not there, and will not be, is not asked for again. */
export const keepWatching = <S extends StreamName>(connection: Connection, stream: S, wanted: Wanted<S>): (() => void) => {
  let unwatch = (): void => undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const start = (): void => {
    unwatch = connection.watch(stream, wanted.takes, {
      ...wanted,
      end: (refusal) => {
        wanted.end?.(refusal)
        if (refusal?.tag !== "NotFound") timer = setTimeout(start, againMillis)
      },
    })
  }
  start()
  return () => {
    clearTimeout(timer)
    unwatch()
  }
}
