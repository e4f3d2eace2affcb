// `server.json` in CORRAL_HOME: by which others on this machine find the running server. Only a sign; the lock decides.
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

const Sign = Schema.Struct({ pid: Schema.Int, address: Schema.String, version: Schema.String, startedAt: Schema.Int })
export type Sign = typeof Sign.Type

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Sign))
const fileIn = (home: string) => join(home, "server.json")

export const sign = {
  /** What stands there, if it can be read; it may be left over from a server that was killed. */
  read: (home: string): Sign | undefined => {
    try {
      return Option.getOrUndefined(decode(readFileSync(fileIn(home), "utf8")))
    } catch {
      return undefined
    }
  },
  /** Replaced as a whole: nobody reads half a sign. */
  write: (home: string, content: Sign): void => {
    const next = `${fileIn(home)}.next`
    writeFileSync(next, `${JSON.stringify(content)}\n`, { mode: 0o600 })
    renameSync(next, fileIn(home))
  },
  remove: (home: string): void => rmSync(fileIn(home), { force: true }),
}
