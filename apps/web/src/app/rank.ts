// How well a text fits what was typed: whole words before beginnings before scattered letters; null: not at all.

export const rank = (text: string, typed: string): number | null => {
  const [hay, needle] = [text.toLowerCase(), typed.trim().toLowerCase()]
  if (needle === "") return 0
  const at = hay.indexOf(needle)
  if (at === 0) return 4
  if (at > 0) return /[\s/_.-]/.test(hay[at - 1] ?? "") ? 3 : 2
  return isScattered(hay, needle) ? 1 : null
}

const isScattered = (hay: string, needle: string): boolean => {
  let at = 0
  for (const letter of needle) {
    at = hay.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}
