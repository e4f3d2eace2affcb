import { ProjectId } from "@corral/contracts/ids"
import { evolveProject } from "@corral/domain/evolve"
import { describe, expect, it } from "vitest"
import { added, eventsOf, given, messageOf, projectId, reasonOf } from "../../test/story.ts"

const rename = (name: string, id = projectId) => ({ _tag: "project.rename", projectId: id, name }) as const

describe("renaming a project", () => {
  it("changes its name and nothing else", () => {
    const events = eventsOf(given(added).when(rename(" Barn ")))
    expect(events).toEqual([{ _tag: "project.renamed", projectId, name: "Barn" }])
    expect(given(added, ...events).project(projectId)).toEqual({ projectId, name: "Barn", path: "/src/corral", addedAt: 1000 })
  })

  it("to the name it has changes nothing", () => {
    expect(eventsOf(given(added).when(rename("corral")))).toEqual([])
  })

  it("is refused for a project that is not there", () => {
    const decision = given(added).when(rename("Barn", ProjectId.make("prj_none")))
    expect(reasonOf(decision)).toBe("unknown-project")
    expect(messageOf(decision)).toContain("prj_none")
  })

  it.each(["", "\t", "a\u0000b"])("is refused to %j, with what was kept", (name) => {
    const decision = given(added).when(rename(name))
    expect(reasonOf(decision)).toBe("bad-name")
    expect(messageOf(decision)).toContain("keeps its name")
  })

  it("of a project that is gone changes nothing", () => {
    expect(evolveProject(undefined, { _tag: "project.renamed", projectId, name: "Barn" }, 1)).toBeUndefined()
  })
})
