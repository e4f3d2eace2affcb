// A command line for people: short, and without the secrets that some programs are given as arguments.

const maxChars = 200
/** A path over this is told by its end. */
const maxPathChars = 48
const mask = "***"

const secretName =
  /(?:token|secret|passw(?:or)?d|api[-_]?key|access[-_]?key|auth(?:orization)?|credential|private[-_]?key|bearer|cookie|\bpat)$/i
/** As those who give them out shape them, and what is as long as only they are. */
const secretShape =
  /(?:sk|pk|rk)-[A-Za-z0-9_-]{12,}|gh[a-z]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|glpat-[\w-]{12,}|xox[a-z]-[\w-]{8,}|AKIA[A-Z0-9]{12,}|AIza[\w-]{20,}|ey[A-Za-z0-9_-]{8,}\.[\w-]+\.[\w-]*|\b[0-9a-f]{32,}\b|(?<=Bearer\s)\S+/g
const inAddress = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi
/** In a script or a title that is one word as a whole. */
const inText = /((?:[\w-]*(?:token|secret|passw(?:or)?d|api[-_]?key)=|--[\w-]*(?:token|secret|passw(?:or)?d|api-key)\s+))[^\s"'&;]+/gi
const inQuery = /([?&][^=&\s]*(?:token|key|secret|password|auth|sig)[^=&\s]*=)[^&\s]+/gi

/** `words`: the arguments, the program first. */
export function commandForPeople(words: readonly string[]): string {
  const shown = words.map((word, at) => {
    if (isNameOfSecret(words[at - 1]) && !word.startsWith("-")) return mask
    return shorten(maskWord(word), at === 0)
  })
  const line = shown.join(" ").replaceAll(/\s+/g, " ").trim()
  return line.length > maxChars ? `${line.slice(0, maxChars - 1)}…` : line
}

/** `--api-key` before its value; and what is left of `Authorization: Bearer …` where a system parts words by spaces. */
function isNameOfSecret(word = ""): boolean {
  if (/^(?:Bearer|Basic)$/i.test(word)) return true
  return /^(?:--?[\w-]+|[\w-]+:)$/.test(word) && secretName.test(word.replace(/:$/, ""))
}

function maskWord(word: string): string {
  const [, name = "", rest = ""] = /^([\w.-]+)[=:]\s*(.+)$/s.exec(word) ?? []
  if (rest !== "" && secretName.test(name)) return `${word.slice(0, word.length - rest.length)}${mask}`
  return word
    .replaceAll(inAddress, `$1${mask}@`)
    .replaceAll(inQuery, `$1${mask}`)
    .replaceAll(inText, `$1${mask}`)
    .replaceAll(secretShape, mask)
}

function shorten(word: string, isProgram: boolean): string {
  if (!word.startsWith("/")) return word
  const parts = word.split("/")
  if (isProgram) return parts.at(-1) ?? word
  return word.length > maxPathChars ? `…/${parts.slice(-2).join("/")}` : word
}
