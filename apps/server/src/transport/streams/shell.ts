// The shell stream: projects, the thread list and which agents there are. Whole at first, then what changed, joined over a frame.
import type { ThreadId } from "@corral/contracts/ids"
import { pageThreads } from "@corral/contracts/limits"
import type { ShellItem } from "@corral/contracts/rpc"
import type { Thread } from "@corral/contracts/thread"
import { summarize } from "@corral/domain/views/thread-list"
import * as Effect from "effect/Effect"
import type { Commit } from "../../engine/commit.ts"
import { Engine } from "../../engine/engine.ts"
import { Providers } from "../../provider/providers.ts"
import { Sights } from "../../runtime/sights.ts"
import { newestFirst } from "../calls/threads.ts"
import type { Feed, Outlet } from "./feed.ts"
import { FrameRate } from "./frame-rate.ts"

interface Sources {
  readonly engine: Engine["Service"]
  readonly providers: Providers["Service"]
  readonly sights: Sights["Service"]
}

export const shellStream = Effect.fnUntraced(function* (_: object, outlet: Outlet<ShellItem>) {
  const sources = { engine: yield* Engine, providers: yield* Providers, sights: yield* Sights }
  const changes = new Changes(sources, outlet)
  const unlisten = [
    sources.engine.onCommit((commit) => changes.note(commit)),
    sources.providers.onChange(() => changes.noteProviders()),
    sources.sights.onChange((threadId) => changes.noteThread(threadId)),
  ]
  const fresh = Effect.sync(() => {
    changes.clear()
    outlet.send(snapshot(sources))
  })
  yield* fresh
  const close = () => {
    changes.clear()
    for (const stop of unlisten) stop()
  }
  return { fresh, close } satisfies Feed
})

const snapshot = ({ engine, providers, sights }: Sources): ShellItem => ({
  _tag: "snapshot",
  seq: engine.seq(),
  projects: engine.projects(),
  threads: firstScreen(engine.threads()).map((thread) => summarize(thread, sights.of(thread.threadId))),
  ...counts(engine),
  providers: providers.known(),
})

const counts = (engine: Engine["Service"]) => {
  const { active, archived } = engine.tally()
  return { active, archived }
}

/** The newest active ones, and wherever something runs, waits or is queued. */
const firstScreen = (threads: Iterable<Thread>): readonly Thread[] => {
  const there = [...threads].filter(({ status }) => status !== "deleted")
  const newest = there
    .filter(({ status }) => status === "active")
    .toSorted(newestFirst)
    .slice(0, pageThreads)
  return [...new Set([...newest, ...there.filter(isAlive).toSorted(newestFirst)])]
}

const isAlive = ({ runtime, requests, queue }: Thread): boolean => runtime.state !== "asleep" || requests.length > 0 || queue.length > 0

/** What has changed since the last frame: at most one entry per thread. */
class Changes {
  readonly #sources: Sources
  readonly #outlet: Outlet<ShellItem>
  readonly #threads = new Map<ThreadId, Thread>()
  readonly #frames = new FrameRate(() => this.#send())
  #projects = false
  #providers = false

  constructor(sources: Sources, outlet: Outlet<ShellItem>) {
    this.#sources = sources
    this.#outlet = outlet
  }

  note({ threads, stored }: Commit): void {
    const projects = stored.some(({ event }) => !("threadId" in event))
    if (threads.length === 0 && !projects) return
    for (const thread of threads) this.#threads.set(thread.threadId, thread)
    this.#projects ||= projects
    this.#frames.want()
  }

  noteThread(threadId: ThreadId): void {
    const thread = this.#sources.engine.thread(threadId)
    if (thread === undefined) return
    this.#threads.set(threadId, thread)
    this.#frames.want()
  }

  noteProviders(): void {
    this.#providers = true
    this.#frames.want()
  }

  clear(): void {
    this.#frames.stop()
    this.#reset()
  }

  #send(): void {
    const { engine, providers, sights } = this.#sources
    this.#outlet.send({
      _tag: "changed",
      seq: engine.seq(),
      projects: this.#projects ? engine.projects() : null,
      threads: [...this.#threads.values()].map((thread) => summarize(thread, sights.of(thread.threadId))),
      ...counts(engine),
      providers: this.#providers ? providers.known() : null,
    })
    this.#reset()
  }

  #reset(): void {
    this.#threads.clear()
    this.#projects = false
    this.#providers = false
  }
}
