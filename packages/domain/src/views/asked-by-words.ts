// Who asked for a start or a stop, in words that go on from "asked by".

const words: ReadonlyMap<string, string> = new Map([
  ["browser", "the app"],
  ["token", "the command line or a program"],
  ["server", "Corral itself"],
  ["supervisor", "Corral's supervisor"],
  ["audit", "Corral's audit"],
  ["watcher", "Corral's watcher"],
  ["signal", "a signal to Corral's supervisor"],
  ["agent", "the agent, which left by itself"],
  ["agent library", "the agent's own library"],
])

/** Who is not known here is called as on the certificate. */
export const askedByWords = (askedBy: string): string => words.get(askedBy) ?? askedBy
