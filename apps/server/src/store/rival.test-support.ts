// Asks for the lock of a home as another server would in the same moment: it has a first, shared hold, and lets go once it meets somebody.
import { DatabaseSync } from "node:sqlite"
import { parentPort, workerData } from "node:worker_threads"

const look = (lock: DatabaseSync): void => lock.exec("BEGIN; SELECT count(*) FROM sqlite_schema")
const file = String(workerData)
const held = new DatabaseSync(file)
look(held)
parentPort?.postMessage("begun")
for (let isAlone = true; isAlone;) {
  const probe = new DatabaseSync(file, { timeout: 0 })
  try {
    look(probe)
  } catch {
    // Nobody may begin any more: the other one is on its way to the whole lock.
    isAlone = false
  }
  probe.close()
}
held.close()
