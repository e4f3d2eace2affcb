// One server per CORRAL_HOME. The kernel holds the lock and lets go of it however the server ends, so it can never be left over.
import { chmodSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { sign } from "./sign.ts"
import { StoreFailed } from "./store-failed.ts"

export class HomeTaken extends Schema.TaggedError<HomeTaken>()("HomeTaken", {
  home: Schema.String,
  pid: Schema.NullOr(Schema.Int),
  address: Schema.NullOr(Schema.String),
}) {
  override get message() {
    const who = this.pid === null ? "" : ` (pid ${this.pid}${this.address === null ? "" : `, ${this.address}`})`
    return `Another Corral server${who} is at work on ${this.home}. Use that one, end it with \`corral stop\`, or choose another CORRAL_HOME.`
  }
}

/**
 * Two who come at once hold a first, shared lock each for a moment, and without any patience each would be refused because of the other. The
 * one who is second lets go in between; nobody who really holds the home lets go of it in this time.
 */
const patienceMillis = 500

/** SQLite is the one thing in Node that can ask the kernel for a file lock; the file itself stays empty. */
const take = (file: string): DatabaseSync => {
  const lock = new DatabaseSync(file, { timeout: patienceMillis })
  try {
    chmodSync(file, 0o600)
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE")
    return lock
  } catch (cause) {
    lock.close()
    throw cause
  }
}

const refusal = (home: string, file: string, cause: unknown): HomeTaken | StoreFailed => {
  const failure = StoreFailed.from(file, "lock", cause)
  if (failure.trouble !== "locked") return failure
  const other = sign.read(home)
  return new HomeTaken({ home, pid: other?.pid ?? null, address: other?.address ?? null })
}

/** Held until the scope closes. */
export const lockHome = (home: string): Effect.Effect<void, HomeTaken | StoreFailed, Scope.Scope> => {
  const file = join(home, "server.lock")
  const held = Effect.try({ try: () => take(file), catch: (cause) => refusal(home, file, cause) })
  return Effect.asVoid(Effect.acquireRelease(held, (lock) => Effect.sync(() => lock.close())))
}
