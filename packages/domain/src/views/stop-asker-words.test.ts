import { expect, it } from "vitest"
import { stopAskerWords } from "./stop-asker-words.ts"

it.each([
  ["archive", "browser", "the app"],
  ["delete", "cli", "the command line"],
  ["stop", "token", "the command line or a program"],
  ["shutdown", "cli", "the command line"],
  ["shutdown", "server signal", "a signal to Corral's server"],
  ["shutdown", "signal", "a signal to Corral's supervisor"],
  ["idle", "server", "Corral's idle rule"],
  ["memory", "server", "Corral's rule for short memory"],
  ["memory-limit", "server", "Corral's memory limit"],
  ["server-lost", "server", "Corral's server, when it was back"],
  ["server-lost", "supervisor", "Corral's supervisor"],
  ["supervisor-lost", "watcher", "the sweep of Corral's watcher"],
  ["stray", "audit", "Corral's audit"],
  ["exited", "agent", "nobody, the agent left by itself"],
  ["exited", "server", "Corral itself"],
  ["stop", "somebody new", "somebody new"],
] as const)("a stop for %s that %s asked for says: asked by %s", (reason, askedBy, words) => {
  expect(stopAskerWords({ reason, askedBy })).toBe(words)
})
