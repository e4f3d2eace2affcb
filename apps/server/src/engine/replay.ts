// Brings back the state of a home: from its snapshots, or from the whole log where the snapshots are of another shape.
import { snapshotShape } from "../store/snapshot.ts"
import type { Tables } from "../store/store.ts"
import { Memory } from "./memory.ts"

const shapeKey = "snapshot-shape"

/** Inside a transaction: new snapshots are written where they were made again. */
export const replay = (tables: Tables): Memory => {
  const current = tables.meta.get(shapeKey) === snapshotShape
  const memory = current ? fromSnapshots(tables) : fromLog(tables)
  memory.keep()
  return memory
}

const fromSnapshots = ({ events, snapshots }: Tables): Memory => {
  const memory = new Memory()
  for (const project of snapshots.projects()) memory.putProject(project.projectId, project)
  for (const thread of snapshots.threads()) memory.putThread(thread.threadId, thread)
  memory.seq = events.lastSeq()
  return memory
}

const fromLog = ({ events, snapshots, meta }: Tables): Memory => {
  const memory = new Memory()
  for (const stored of events.everything()) memory.follow(stored)
  snapshots.clear()
  for (const thread of memory.threads()) snapshots.putThread(thread)
  for (const project of memory.projects()) snapshots.putProject(project)
  meta.set(shapeKey, snapshotShape)
  return memory
}
