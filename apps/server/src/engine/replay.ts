// Brings back the state of a home: from its snapshots and what the log has beyond them, or from the whole log where they are of another shape.
import { snapshotShape } from "../store/snapshot.ts"
import type { Tables } from "../store/store.ts"
import { Memory } from "./memory.ts"
import { snapshotSeqKey, writeSnapshots } from "./save.ts"

const shapeKey = "snapshot-shape"

/** Inside a transaction: snapshots are written where they were behind, or made again. */
export const replay = (tables: Tables): Memory => {
  const { meta, snapshots, events } = tables
  const memory = new Memory()
  const isCurrent = meta.get(shapeKey) === snapshotShape
  if (!isCurrent) snapshots.clear()
  const from = isCurrent ? loadSnapshots(memory, tables) : 0
  for (const stored of events.since(from)) memory.follow(stored)
  // Not the last one that was read: what bore the highest number may have been dropped since.
  memory.seq = events.lastSeq()
  memory.keep()
  writeSnapshots(memory, tables)
  meta.set(shapeKey, snapshotShape)
  memory.saved()
  return memory
}

/** Gives the place up to which they tell everything. */
const loadSnapshots = (memory: Memory, { snapshots, meta, events }: Tables): number => {
  for (const project of snapshots.projects()) memory.putProject(project.projectId, project)
  for (const thread of snapshots.threads()) memory.putThread(thread.threadId, thread)
  memory.keep()
  memory.saved()
  return Number(meta.get(snapshotSeqKey) ?? events.lastSeq())
}
