// Variables that a person gives to every agent: lines `NAME=value` in `agent.env` of CORRAL_HOME. Read anew for each launch.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parseEnv } from "node:util"

/** No file: nothing is configured. */
export function readConfigured(home: string): Readonly<Record<string, string>> {
  try {
    const parsed = Object.entries(parseEnv(readFileSync(join(home, "agent.env"), "utf8")))
    return Object.fromEntries(parsed.filter((entry): entry is [string, string] => entry[1] !== undefined))
  } catch {
    return {}
  }
}
