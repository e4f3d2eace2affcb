// One opened thread: its state and its rows. Events fold by the domain's own folds; text on its way touches one row's key only.
import type { Connection } from "@corral/client/connect"
import { Store } from "@corral/client/store"
import type { Stored } from "@corral/contracts/event"
import type { ItemId, ThreadId } from "@corral/contracts/ids"
import { pageRows } from "@corral/contracts/limits"
import type { Refusal, ThreadItem } from "@corral/contracts/rpc"
import type { Thread } from "@corral/contracts/thread"
import type { Row } from "@corral/contracts/turn"
import { evolveThread } from "@corral/domain/evolve"
import { applyLive } from "@corral/domain/views/live"
import { foldRows, type Transcript } from "@corral/domain/views/transcript"
import { keepWatching } from "../link/keep-watching.ts"
import { perFrame } from "../link/schedule.ts"

export interface BodyView {
  readonly state: "loading" | "ready" | "gone"
  readonly thread: Thread | null
  /** As of the last change of what rows there are; the rows themselves are read by key. */
  readonly transcript: Transcript
  /** There are older rows. */
  readonly more: boolean
}

const loading: BodyView = { state: "loading", thread: null, transcript: [], more: false }

type Of<Tag extends ThreadItem["_tag"]> = Extract<ThreadItem, { _tag: Tag }>

export class Body {
  readonly view = new Store<"view", BodyView>(perFrame)
  readonly rows = new Store<ItemId, Row>(perFrame)
  readonly #connection: Connection
  readonly #threadId: ThreadId
  /** Runs ahead of the view by text that is on its way. */
  #all: Transcript = []
  #seen: { readonly seq: number; readonly epoch: string | null } | null = null
  #watchers = 0
  #unwatch: (() => void) | null = null

  constructor(connection: Connection, threadId: ThreadId) {
    this.#connection = connection
    this.#threadId = threadId
    this.view.set("view", loading)
  }

  /** Follows the thread until the returned function is called. */
  watch(): () => void {
    this.#watchers += 1
    this.#unwatch ??= keepWatching(this.#connection, "thread", {
      takes: () => ({ threadId: this.#threadId, after: this.#after() }),
      item: (item) => this.#take(item),
      end: (refusal) => this.#end(refusal),
    })
    return () => {
      this.#watchers -= 1
      if (this.#watchers > 0) return
      this.#unwatch?.()
      this.#unwatch = null
    }
  }

  async fetchOlder(): Promise<void> {
    const before = this.#all[0]?.place
    if (before === undefined || !this.#now().more) return
    const page = await this.#connection.call("rows", { threadId: this.#threadId, before, limit: pageRows })
    if (this.#all[0]?.place === before) this.#show({ more: page.more }, [...page.rows, ...this.#all])
  }

  #take(item: ThreadItem): void {
    if (item._tag === "snapshot") this.#takeSnapshot(item)
    else if (item._tag === "events") this.#takeEvents(item)
    else if (item._tag === "live") this.#takeLive(item)
    else this.view.set("view", { ...this.#now(), state: "gone" })
  }

  #takeSnapshot(item: Of<"snapshot">): void {
    this.#seen = { seq: item.seq, epoch: this.#epoch() }
    const older = olderThan(this.#all, item.rows)
    const more = older.length > 0 ? this.#now().more : item.more
    this.#show({ state: "ready", thread: item.thread, more }, applyLive([...older, ...item.rows], item.live))
  }

  #takeEvents({ seq, events }: Of<"events">): void {
    this.#seen = { seq, epoch: this.#epoch() }
    const thread = events.reduce<Thread | null>(evolved, this.#now().thread)
    this.#show({ state: thread?.status === "deleted" ? "gone" : "ready", thread }, events.reduce(foldRows, this.#all))
  }

  #takeLive({ pieces }: Of<"live">): void {
    const next = applyLive(this.#all, pieces)
    if (next.length !== this.#all.length) return this.#show({}, next)
    this.#all = next
    // However far from the end it stands: a subagent may have filled pages since the tool that started it.
    for (const itemId of new Set(pieces.map((piece) => piece.itemId))) {
      const row = next.findLast((placed) => placed.row.itemId === itemId)?.row
      if (row !== undefined) this.rows.set(itemId, row)
    }
  }

  #end(refusal: Refusal | null): void {
    if (refusal?.tag === "NotFound") this.view.set("view", { ...this.#now(), state: "gone" })
  }

  #show(change: Partial<BodyView>, transcript: Transcript): void {
    this.#all = transcript
    this.rows.replace(transcript.map(({ row }) => [row.itemId, row] as const))
    this.view.set("view", { ...this.#now(), ...change, transcript })
  }

  #now(): BodyView {
    return this.view.get("view") ?? loading
  }

  #epoch(): string | null {
    const state = this.#connection.state()
    return state.tag === "open" ? state.hello.epoch : null
  }

  /** Text that was on its way when the line broke has a gap; only a thread without open rows can be continued. */
  #after(): number | null {
    const canContinue = this.#seen?.epoch === this.#epoch() && this.#all.every(({ row }) => !isOpen(row))
    return canContinue ? (this.#seen?.seq ?? null) : null
  }
}

const evolved = (thread: Thread | null, { event, at }: Stored): Thread | null =>
  "threadId" in event ? (evolveThread(thread ?? undefined, event, at) ?? null) : thread

const isOpen = (row: Row): boolean => {
  if (row._tag === "text" || row._tag === "thinking") return !row.done
  return row._tag === "tool" && row.status === "running"
}

/** What the reader had fetched further back stays, if the fresh page connects to it. */
const olderThan = (known: Transcript, fresh: Transcript): Transcript => {
  const first = fresh[0]?.place
  if (first === undefined || !known.some(({ place }) => place === first)) return []
  return known.filter(({ place }) => place < first)
}
