// HTML entities in prose, as a browser would show them; unknown ones stay as they were written.

const words =
  "amp & lt < gt > quot \" apos ' copy © reg ® trade ™ hellip … mdash — ndash – larr ← rarr → times × middot · bull • deg ° euro €"
const named = new Map([...words.matchAll(/(\w+) (\S)/g)].map(([, name = "", char = ""]) => [name, char] as const)).set("nbsp", "\u00a0")
const entity = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi
const lastCodePoint = 0x10ffff

export const decodeEntities = (text: string): string =>
  text.includes("&") ? text.replaceAll(entity, (...match: readonly unknown[]) => decoded(match)) : text

const decoded = ([whole, decimal, hex, name]: readonly unknown[]): string => {
  if (typeof name === "string") return named.get(name) ?? String(whole)
  const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
  return code > 0 && code <= lastCodePoint ? String.fromCodePoint(code) : String(whole)
}
