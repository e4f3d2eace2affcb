// Small facts by name that belong to no thread: the shape of the snapshots, the last number in the log, agents' models.
import type { DatabaseSync } from "node:sqlite"
import { column } from "./column.ts"

export const meta = (db: DatabaseSync) => {
  const get = db.prepare("SELECT value FROM meta WHERE key = ?")
  const set = db.prepare("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value")
  return {
    get: (key: string): string | undefined => {
      const found = get.get(key)
      return found && column.text(found, "value")
    },
    set: (key: string, value: string): void => void set.run(key, value),
  }
}
export type Meta = ReturnType<typeof meta>
