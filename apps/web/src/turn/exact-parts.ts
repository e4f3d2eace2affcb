// Splits a text into what is seen anyway and what has to be made visible.

export interface ExactPart {
  readonly text: string
  /** What the mark stands for; null: ordinary text. */
  readonly name: string | null
}

/** Control characters, separators that look like spaces, marks without width, marks that turn the direction round. */
const unseen: readonly (readonly [first: number, last: number])[] = [
  [0x0000, 0x001f],
  [0x007f, 0x00a0],
  [0x00ad, 0x00ad],
  [0x061c, 0x061c],
  [0x180e, 0x180e],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x3000, 0x3000],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xe0000, 0xe01ef],
]

export const exactParts = (text: string): readonly ExactPart[] => {
  const parts: ExactPart[] = []
  let plain = ""
  for (const char of text) {
    if (!isUnseen(char)) {
      plain += char
      continue
    }
    if (plain !== "") parts.push({ text: plain, name: null })
    plain = ""
    parts.push(marked(char))
  }
  return plain === "" ? parts : [...parts, { text: plain, name: null }]
}

const codeOf = (char: string): number => char.codePointAt(0) ?? 0

const isUnseen = (char: string): boolean => {
  const code = codeOf(char)
  return unseen.some(([first, last]) => code >= first && code <= last)
}

const marked = (char: string): ExactPart => {
  const code = codeOf(char)
  if (char === "\n") return { text: "⏎\n", name: "line break" }
  if (char === "\t") return { text: "⇥\t", name: "tab" }
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`
  // The block of control pictures draws the first 32 as themselves.
  if (code < 0x20) return { text: String.fromCodePoint(0x2400 + code), name }
  return { text: code === 0x7f ? "␡" : `⟨${name}⟩`, name }
}
