// The ordinary ways in which a session, the server, the supervisor or its watcher can end. After each of them nothing of the session may be left.
import { setTimeout as pause } from "node:timers/promises"
import { order } from "../stories/talk.ts"
import { crash, kill, killAll, type Way } from "./way.ts"

/** It strikes within a few; then it is a sweep that begins. */
const actMillis = 40
const noHold = { CORRAL_HOLD_MILLIS: "0" }

export const ways: readonly Way[] = [
  { name: "archive", strike: ({ client, threadId }) => order(client, { _tag: "thread.archive", threadId }) },
  { name: "delete", strike: ({ client, threadId }) => order(client, { _tag: "thread.delete", threadId }) },
  { name: "stop", strike: ({ client, threadId }) => order(client, { _tag: "runtime.stop", threadId }) },
  {
    name: "stop, and archive at once",
    strike: async ({ client, threadId }) => {
      await Promise.all([order(client, { _tag: "runtime.stop", threadId }), order(client, { _tag: "thread.archive", threadId })])
    },
  },
  { name: "shutdown", strike: async ({ corral }) => void (await corral.stop()) },
  { name: "server killed, no hold", env: noHold, strike: crash },
  { name: "server killed, hold over", env: { CORRAL_HOLD_MILLIS: "700" }, strike: crash },
  {
    name: "watcher killed, then stop",
    strike: async (all) => (kill(all.watcher), await order(all.client, { _tag: "runtime.stop", threadId: all.threadId })),
  },
  { name: "supervisor killed", strike: async ({ supervisor }) => kill(supervisor) },
  { name: "supervisor frozen, then killed", strike: async ({ supervisor }) => (process.kill(supervisor.pid, "SIGSTOP"), kill(supervisor)) },
  { name: "watcher killed, then the supervisor", strike: async ({ supervisor, watcher }) => kill(watcher, supervisor) },
  {
    // The shell that ends cgroups, or what it has become: it keeps its number.
    name: "supervisor killed, and its watcher in the act",
    strike: async ({ supervisor, watcher, chance, note }) => {
      const after = chance(actMillis)
      note(`${after} ms later`)
      kill(supervisor)
      await pause(after)
      kill(watcher)
    },
  },
  {
    name: "server and supervisor killed",
    strike: async (all) => {
      kill(all.supervisor)
      await crash(all)
    },
  },
  { name: "all three killed", strike: killAll },
]
