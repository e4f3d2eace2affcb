// The title of a thread that was not given one: made of the first line of its first message.

/** The title until there is a first message. */
export const untitled = "New thread"

/** A made title is a glance in a list, in UTF-16 units with its ellipsis. */
const maxMadeTitleChars = 60

export const titleFrom = (text: string): string => {
  const line = text.trim().split(/[\n\r\u2028\u2029]/, 1)[0] ?? ""
  const words = line.replaceAll(/[\s\p{Cc}]+/gu, " ").trim()
  if (words === "") return untitled
  return words.length <= maxMadeTitleChars ? words : `${shortened(words)}…`
}

/** Cut at a word, or inside one that is too long itself, but never inside a character. */
const shortened = (words: string) => {
  const room = words.slice(0, maxMadeTitleChars)
  const lastSpace = room.lastIndexOf(" ")
  return lastSpace > 0 ? room.slice(0, lastSpace) : room.slice(0, maxMadeTitleChars - 1).replace(/[\uD800-\uDBFF]$/, "")
}
