// How an agent left, as a sentence that a person understands: with its own last words.
import type { Exit } from "./provider.ts"

/** Of stderr; the end is where the reason stands. */
const maxWordsChars = 600

export function exitSentence(name: string, exit: Exit): string {
  const words = exit.stderr.trim().slice(-maxWordsChars)
  return words === "" ? `${name} ended${howOf(exit)}.` : `${name} ended${howOf(exit)}. Its last words: ${words}`
}

/** Nobody may have seen it leave. */
const howOf = ({ signal, code }: Exit): string => {
  if (signal !== null) return ` by signal ${signal}`
  return code === null ? "" : ` with exit code ${code}`
}
