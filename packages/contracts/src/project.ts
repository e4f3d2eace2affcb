// A project is a folder, usually a git repository. Commands and events of its verbs.
import * as Schema from "effect/Schema"
import { Millis, ProjectId } from "./ids.ts"

/** `path` is absolute and canonical (symbolic links resolved by the server). */
export const Project = Schema.Struct({
  projectId: ProjectId,
  name: Schema.String,
  path: Schema.String,
  addedAt: Millis,
})
export type Project = typeof Project.Type

/** Second time with the same folder: rejected as `duplicate-project`, which names the project that has it. */
export const AddProject = Schema.TaggedStruct("project.add", {
  projectId: ProjectId,
  path: Schema.String,
  name: Schema.NullOr(Schema.String),
})
export type AddProject = typeof AddProject.Type

export const RenameProject = Schema.TaggedStruct("project.rename", { projectId: ProjectId, name: Schema.String })
export type RenameProject = typeof RenameProject.Type

/** Removes the project from Corral and deletes its threads; the folder itself is not touched. */
export const RemoveProject = Schema.TaggedStruct("project.remove", { projectId: ProjectId })
export type RemoveProject = typeof RemoveProject.Type

export const ProjectAdded = Schema.TaggedStruct("project.added", {
  projectId: ProjectId,
  name: Schema.String,
  path: Schema.String,
})
export type ProjectAdded = typeof ProjectAdded.Type

export const ProjectRenamed = Schema.TaggedStruct("project.renamed", { projectId: ProjectId, name: Schema.String })
export type ProjectRenamed = typeof ProjectRenamed.Type

export const ProjectRemoved = Schema.TaggedStruct("project.removed", { projectId: ProjectId })
export type ProjectRemoved = typeof ProjectRemoved.Type
