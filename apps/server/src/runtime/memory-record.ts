// The hour and the day of the history of memory in one small file of CORRAL_HOME: replaced as a whole, so that a server that is killed leaves
// the former one or the next, and never trusted, so that none can keep a server from starting.
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { MemoryPast } from "@corral/contracts/memory-past"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** Fifty sessions with the longest titles need a third of it, in bytes; what is larger was not written by us. */
const maxBytes = 1024 * 1024
const version = 1

const Kept = Schema.Struct({ version: Schema.Literal(version), hour: MemoryPast, day: MemoryPast })
export type KeptMemory = Pick<typeof Kept.Type, "hour" | "day">

const decode = Schema.decodeUnknownResult(Schema.fromJsonString(Kept))

export class MemoryRecord {
  readonly #file: string
  #problem: string | null = null

  constructor(home: string) {
    this.#file = join(home, "memory-history.json")
  }

  /** What is wrong with the file, and what was lost; null: nothing, or it was written anew since. */
  get problem(): string | null {
    return this.#problem
  }

  /** Null: there is none, or none that can be used. One that is damaged is moved aside, over the one before. */
  read(): KeptMemory | null {
    try {
      if (statSync(this.#file).size > maxBytes) return this.#setAside(`it has more than ${maxBytes} bytes`)
      const decoded = decode(readFileSync(this.#file, "utf8"))
      if (Result.isFailure(decoded)) return this.#setAside("it is damaged, or of another version")
      const { hour, day } = decoded.success
      return { hour, day }
    } catch (cause) {
      return isMissing(cause) ? null : this.#setAside(wordsOf(cause))
    }
  }

  /** Not forced to the disk: it outlives the server at once, and a failing machine after some seconds. */
  write(kept: KeptMemory): void {
    try {
      const next = `${this.#file}.next`
      writeFileSync(next, JSON.stringify({ version, ...kept }), { mode: 0o600 })
      renameSync(next, this.#file)
      this.#problem = null
    } catch (cause) {
      this.#problem = `The history of memory cannot be written to ${this.#file} (${wordsOf(cause)}). It goes on, and the next start will know less of it. Next: make room on that disk, or check the owner of the folder.`
    }
  }

  #setAside(why: string): null {
    const aside = `${this.#file}.damaged`
    const lost = `The history of memory of the last 24 hours is lost: ${this.#file} could not be used (${why}). It begins anew; nothing else is lost.`
    try {
      renameSync(this.#file, aside)
      this.#problem = `${lost} What was there is kept as ${aside}; it can be deleted.`
    } catch {
      this.#problem = `${lost} Next: move that file away.`
    }
    return null
  }
}

const isMissing = (cause: unknown): boolean => cause instanceof Error && "code" in cause && cause.code === "ENOENT"

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
