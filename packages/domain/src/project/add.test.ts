import type { Circumstances } from "@corral/domain/state"
import { describe, expect, it } from "vitest"
import { ProjectId } from "@corral/contracts/ids"
import { added, eventsOf, given, messageOf, projectId, reasonOf } from "../../test/story.ts"

const found = (path: string): Partial<Circumstances> => ({ folder: { path } })
const add = (name: string | null = null, id = projectId) => ({ _tag: "project.add", projectId: id, path: "~/corral", name }) as const
const otherProject = ProjectId.make("prj_other")

describe("adding a project", () => {
  it("takes the canonical folder, named after its last part", () => {
    expect(eventsOf(given().when(add(), found("/src/corral")))).toEqual([
      { _tag: "project.added", projectId, name: "corral", path: "/src/corral" },
    ])
  })

  it("takes a given name without the space around it", () => {
    expect(eventsOf(given().when(add("  My house "), found("/src/corral")))).toMatchObject([{ name: "My house" }])
  })

  it("names the root folder by its path", () => {
    expect(eventsOf(given().when(add(), found("/")))).toMatchObject([{ name: "/", path: "/" }])
  })

  it("is refused with the name of the project that has the folder already", () => {
    const decision = given(added).when(add(null, otherProject), found("/src/corral"))
    expect(reasonOf(decision)).toBe("duplicate-project")
    expect(messageOf(decision)).toContain("“corral” (prj_corral)")
  })

  it("is refused under an id that is in use, whatever the folder", () => {
    expect(reasonOf(given(added).when(add(), found("/elsewhere")))).toBe("duplicate-id")
  })

  it("is refused with the problem of a folder that cannot be used", () => {
    const decision = given().when(add(), { folder: { problem: "/gone does not exist." } })
    expect(reasonOf(decision)).toBe("bad-folder")
    expect(messageOf(decision)).toContain("/gone does not exist.")
  })

  it("is refused where nobody looked at the folder", () => {
    expect(reasonOf(given().when(add()))).toBe("bad-folder")
  })

  it.each(["", "  ", "two\nlines", "x".repeat(201)])("is refused with the name %j", (name) => {
    expect(reasonOf(given().when(add(name), found("/src/corral")))).toBe("bad-name")
  })

  it("gives a project that was added now", () => {
    expect(given(added).project(projectId)).toEqual({ projectId, name: "corral", path: "/src/corral", addedAt: 1000 })
  })
})
