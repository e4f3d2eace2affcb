// Who asked, in words that go on from "asked by": for starts as they are, for stops in `stop-asker-words.ts`.

const words: ReadonlyMap<string, string> = new Map([
  ["browser", "the app"],
  ["cli", "the command line"],
  ["token", "the command line or a program"],
  ["server", "Corral itself"],
  ["supervisor", "Corral's supervisor"],
  ["audit", "Corral's audit"],
  ["watcher", "the sweep of Corral's watcher"],
  ["server signal", "a signal to Corral's server"],
  ["signal", "a signal to Corral's supervisor"],
  ["agent library", "the agent's own library"],
])

/** Who is not known here is called as on the certificate. */
export const askedByWords = (askedBy: string): string => words.get(askedBy) ?? askedBy
