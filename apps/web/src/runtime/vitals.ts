// What the machine holds for our threads now. Watched once a second only while somebody looks at figures; else a slow look.
import type { Connection } from "@corral/client/connect"
import { Disconnected } from "@corral/client/errors"
import type { ConnectionState } from "@corral/client/state"
import { keepWatching } from "../link/keep-watching.ts"
import type { Shell } from "../link/shell.ts"
import { Sights } from "./sights.ts"

/** The slow look, while some thread is running and nobody watches. */
const slowMillis = 30_000
/** After a change in the thread list, so that the footer is true soon after a stop. */
const settleMillis = 1_000
/** A line that is back within this was never missed: a server that is started again takes less. */
const silentMillis = 2_000

export interface Vitals extends Pick<Sights, "latest" | "blind" | "threads"> {
  /** Looks once a second until the returned function is called; pauses while the page is hidden. */
  readonly watch: () => () => void
  /** One look now. */
  readonly look: () => Promise<void>
}

export const makeVitals = (connection: Connection, shell: Shell): Vitals => {
  const sights = new Sights()
  let watchers = 0
  let unwatch: (() => void) | null = null
  let timer: number | undefined

  const look = async (): Promise<void> => {
    try {
      sights.take(await connection.call("processes", { threadId: null }))
    } catch (cause) {
      // What a broken line means is told when it has been broken for long enough.
      if (!(cause instanceof Disconnected)) sights.lose(cause instanceof Error ? cause.message : "What runs could not be seen.")
      throw cause
    }
  }
  const plan = (millis: number): void => {
    window.clearTimeout(timer)
    if (unwatch !== null || document.hidden) return
    // A failed look is not repeated at once: the next one comes on time, and until then what was seen is called old.
    timer = window.setTimeout(
      () =>
        void look()
          .catch(() => undefined)
          .finally(planNext),
      millis,
    )
  }
  const planNext = (): void => {
    const isRunning = shell.threads.keys().some((threadId) => shell.threads.get(threadId)?.runtime !== "asleep")
    if (isRunning || sights.blind.get("blind") !== undefined) plan(slowMillis)
  }
  const settle = (): void => {
    const isWanted = watchers > 0 && !document.hidden
    if (isWanted) unwatch ??= watchSights(connection, sights)
    if (isWanted) return window.clearTimeout(timer)
    unwatch?.()
    unwatch = null
    plan(settleMillis)
  }
  document.addEventListener("visibilitychange", settle)
  shell.lists.listen("lists", () => plan(settleMillis))
  connection.onState(tellLongLoss((why) => sights.lose(why)))
  const watch = (): (() => void) => {
    watchers += 1
    settle()
    return () => {
      watchers -= 1
      settle()
    }
  }
  return { latest: sights.latest, blind: sights.blind, threads: sights.threads, watch, look }
}

const watchSights = (connection: Connection, sights: Sights): (() => void) =>
  keepWatching(connection, "vitals", {
    takes: () => ({}),
    item: (seen) => sights.take(seen),
    end: (refusal) => sights.lose(refusal?.message ?? "The server stopped looking."),
  })

const tellLongLoss = (tell: (why: string) => void): ((state: ConnectionState) => void) => {
  let timer: number | undefined
  return (state) => {
    window.clearTimeout(timer)
    if (state.tag !== "lost") return
    timer = window.setTimeout(() => tell("The line to the server is lost."), Math.max(0, state.since + silentMillis - Date.now()))
  }
}
