// Reads typed columns out of what SQLite gives; a column of another type is a mistake in our own SQL.
import type { SQLOutputValue } from "node:sqlite"

type Found = Readonly<Record<string, SQLOutputValue>>

export const column = {
  text: (found: Found, name: string): string => {
    const value = found[name]
    if (typeof value !== "string") throw new TypeError(`column ${name} is not text`)
    return value
  },
  integer: (found: Found, name: string): number => {
    const value = found[name]
    if (typeof value !== "number") throw new TypeError(`column ${name} is not an integer`)
    return value
  },
}
