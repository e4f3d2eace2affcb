// What a project or thread may be called.
import { maxTitleChars } from "@corral/contracts/limits"

/** Why `name` cannot be a name, as the end of a sentence; null: it can. */
export const nameProblem = (name: string): string | null => {
  if (name.trim() === "") return "it is empty"
  if (name.length > maxTitleChars) return `it has ${name.length} characters, ${maxTitleChars} are allowed`
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) return "it has line breaks or control characters"
  return null
}
