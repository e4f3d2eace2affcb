// A change of text as a person reads it before allowing it: what is taken out, what is put in, without what stays the same around it.

/** Lines shown of one change; the rest is counted. An approval is to be read, not scrolled. */
const maxLines = 400

export function diff(path: string, before: string | null, after: string): string {
  const old = before === null ? [] : linesOf(before)
  const next = linesOf(after)
  const same = commonStart(old, next)
  const sameAtEnd = Math.min(commonStart(old.toReversed(), next.toReversed()), old.length - same, next.length - same)
  const taken = old.slice(same, old.length - sameAtEnd).map((line) => `-${line}`)
  const put = next.slice(same, next.length - sameAtEnd).map((line) => `+${line}`)
  const changed = [...taken, ...put]
  const rest = changed.length > maxLines ? [`… ${changed.length - maxLines} more lines`] : []
  return [
    `${before === null ? "new file" : "edit"} ${path}${same > 0 ? ` (from line ${same + 1})` : ""}`,
    ...changed.slice(0, maxLines),
    ...rest,
  ].join("\n")
}

const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n")

function commonStart(one: readonly string[], other: readonly string[]): number {
  let count = 0
  while (count < one.length && count < other.length && one[count] === other[count]) count += 1
  return count
}
