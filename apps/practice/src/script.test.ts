import { describe, expect, it } from "vitest"
import { parseScript } from "./script.ts"

describe("a prompt", () => {
  it("is a script when its first line is a step", () => {
    expect(parseScript("say hello there\n\n  run ls -la  ")).toEqual([
      { verb: "say", rest: "hello there" },
      { verb: "run", rest: "ls -la" },
    ])
  })

  it("is free text when its first line is none", () => {
    expect(parseScript("please help me\nsay hello")).toBeNull()
    expect(parseScript("")).toBeNull()
  })

  it("is free text when a step that takes nothing is followed by prose", () => {
    expect(parseScript("hang on a second")).toBeNull()
    expect(parseScript("hang")).toEqual([{ verb: "hang", rest: "" }])
  })

  it("says a later line that is no step as it stands", () => {
    expect(parseScript("think well\nand so on")).toEqual([
      { verb: "think", rest: "well" },
      { verb: "say", rest: "and so on" },
    ])
  })

  it("does not take a name from an object's own words for a step", () => {
    expect(parseScript("constructor")).toBeNull()
  })
})
