// The database could not be read or written: which file, what was being done, what is wrong and what a person does next.
import { statfsSync } from "node:fs"
import { dirname } from "node:path"
import * as Schema from "effect/Schema"

const Trouble = Schema.Literals(["locked", "damaged", "full", "unreachable", "newer"])
type Trouble = typeof Trouble.Type

const sentences: Readonly<Record<Trouble, readonly [problem: string, next: string]>> = {
  locked: ["another program holds it locked.", "Close that program (a database shell, a backup), then try again."],
  damaged: ["it is damaged or not a Corral database.", "Move it aside and start again, or put a backup in its place."],
  full: ["the disk is full.", "Make room on that disk, then try again."],
  unreachable: ["it cannot be read or written.", "Check the owner and permissions of the file and its folder."],
  newer: ["it was written by a newer Corral.", "Start that version, or choose another CORRAL_HOME."],
}

/** What SQLite's primary result codes mean for a person; what is not listed is `unreachable`. */
const troubleOfCode: Readonly<Record<number, Trouble>> = { 5: "locked", 6: "locked", 11: "damaged", 13: "full", 26: "damaged" }

export class StoreFailed extends Schema.TaggedError<StoreFailed>()("StoreFailed", {
  file: Schema.String,
  doing: Schema.String,
  trouble: Trouble,
  cause: Schema.Defect(),
}) {
  override get message() {
    const [problem, next] = sentences[this.trouble]
    return `Could not ${this.doing} ${this.file}: ${problem} ${next}`
  }

  static isTrouble(cause: unknown): boolean {
    return cause instanceof StoreFailed || troubleOf(cause) !== undefined
  }

  /** Trouble of SQLite or the file system becomes a failure; anything else is our own mistake and is thrown on. */
  static from(file: string, doing: string, cause: unknown): StoreFailed {
    if (cause instanceof StoreFailed) return cause
    const found = troubleOf(cause)
    if (found === undefined) throw cause
    const trouble = found === "unreachable" && hasNoRoom(dirname(file)) ? "full" : found
    return new StoreFailed({ file, doing, trouble, cause })
  }
}

/** SQLite that finds no room for its log says only that it cannot open. */
const hasNoRoom = (folder: string): boolean => {
  try {
    return statfsSync(folder).bavail === 0
  } catch {
    return false
  }
}

const troubleOf = (cause: unknown): Trouble | undefined => {
  if (!(cause instanceof Error) || !("code" in cause)) return undefined
  if (cause.code === "ENOSPC") return "full"
  if (cause.code !== "ERR_SQLITE_ERROR") return "errno" in cause ? "unreachable" : undefined
  const code = "errcode" in cause && typeof cause.errcode === "number" ? cause.errcode & 0xff : 0
  return code === sqliteError || code === sqliteConstraint || code === sqliteMisuse ? undefined : (troubleOfCode[code] ?? "unreachable")
}

/** Codes that only our own SQL can cause. */
const sqliteError = 1
const sqliteConstraint = 19
const sqliteMisuse = 21
