// How an agent left, as a sentence that a person understands: with its own last words.
import type { Exit } from "./provider.ts"

/** Of stderr; the end is where the reason stands. */
const maxWordsChars = 600

export function exitSentence(name: string, exit: Exit): string {
  const how = exit.signal === null ? `with exit code ${exit.code ?? "unknown"}` : `by signal ${exit.signal}`
  const words = exit.stderr.trim().slice(-maxWordsChars)
  return words === "" ? `${name} ended ${how}.` : `${name} ended ${how}. Its last words: ${words}`
}
