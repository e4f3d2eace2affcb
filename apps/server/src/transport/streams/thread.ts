// The stream of one thread: its state and last rows, then every event and text on its way. No gap: what is read and what is listened to begin in one step.
import type { Stored } from "@corral/contracts/event"
import type { ThreadId } from "@corral/contracts/ids"
import { pageRows } from "@corral/contracts/limits"
import type { Streams, ThreadItem } from "@corral/contracts/rpc"
import { cutStored } from "@corral/domain/views/cut"
import * as Effect from "effect/Effect"
import type { Commit } from "../../engine/commit.ts"
import { Engine } from "../../engine/engine.ts"
import { readPage } from "../../engine/transcript.ts"
import { Store } from "../../store/store.ts"
import { oneThread } from "../calls/thread.ts"
import type { Feed, Outlet } from "./feed.ts"

/** Who has missed more gets a fresh snapshot, which is smaller. */
const maxMissed = 1000
/** Events of one item, in UTF-16 units: an item stays well within a frame. */
const maxItemChars = 1024 * 1024

interface Place {
  readonly engine: Engine["Service"]
  readonly store: Store["Service"]
  readonly threadId: ThreadId
  readonly outlet: Outlet<ThreadItem>
}

export const threadStream = Effect.fnUntraced(function* ({ threadId, after }: Streams["thread"]["takes"], outlet: Outlet<ThreadItem>) {
  yield* oneThread(threadId)
  const place: Place = { engine: yield* Engine, store: yield* Store, threadId, outlet }
  const fresh = sendSnapshot(place)
  yield* after === null ? fresh : resume(place, after)
  return { fresh, close: listen(place) } satisfies Feed
})

const sendSnapshot = ({ engine, store, threadId, outlet }: Place) =>
  Effect.gen(function* () {
    const thread = yield* oneThread(threadId)
    const page = yield* store.read((tables) => readPage(tables, threadId, { before: null, limit: pageRows }))
    outlet.send({ _tag: "snapshot", seq: engine.seq(), thread, ...page, live: engine.openLive(threadId) })
  }).pipe(Effect.provideService(Engine, engine))

const resume = (place: Place, after: number) =>
  Effect.gen(function* () {
    const { engine, store, threadId, outlet } = place
    const missed = yield* store.read((tables) => tables.events.after(threadId, after, maxMissed + 1))
    if (after > engine.seq() || missed.length > maxMissed) return yield* sendSnapshot(place)
    // Also where nothing was missed: the first item says where the stream stands.
    if (missed.length === 0) return outlet.send({ _tag: "events", seq: engine.seq(), events: [] })
    sendEvents(place, missed)
    const live = engine.openLive(threadId)
    if (live.length > 0) outlet.send({ _tag: "live", pieces: live })
  })

/** Gives back how to stop. */
const listen = (place: Place): (() => void) => {
  const { engine, threadId, outlet } = place
  const stops = [
    engine.onCommit((commit) => follow(place, commit)),
    engine.onLive((live) => {
      if (live.threadId === threadId) outlet.send({ _tag: "live", pieces: live.pieces })
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

const follow = (place: Place, { stored }: Commit): void => {
  const own = stored.filter(({ event }) => "threadId" in event && event.threadId === place.threadId)
  if (own.length === 0) return
  if (!own.some(({ event }) => event._tag === "thread.deleted")) return sendEvents(place, own)
  place.outlet.send({ _tag: "gone" })
  place.outlet.end(null)
}

const sendEvents = ({ outlet }: Place, stored: readonly Stored[]): void => {
  for (const events of itemsOf(stored.map(cutStored))) outlet.send({ _tag: "events", seq: events.at(-1)?.seq ?? 0, events })
}

/** In order, each group at most about `maxItemChars` long. */
const itemsOf = (stored: readonly Stored[]): readonly (readonly Stored[])[] => {
  const groups: Stored[][] = []
  let chars = Infinity
  for (const entry of stored) {
    chars += JSON.stringify(entry).length
    const group = groups.at(-1)
    if (group !== undefined && chars <= maxItemChars) group.push(entry)
    else chars = groups.push([entry]) && JSON.stringify(entry).length
  }
  return groups
}
