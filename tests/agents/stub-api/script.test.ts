// Whether a prompt is read as the script it is.
import { describe, expect, it } from "vitest"
import { planAnswer } from "./script.ts"

describe("the script of a prompt", () => {
  it("echoes a prompt without a known step", () => {
    expect(planAnswer("What is this?", 0)).toMatchObject([{ _tag: "text", chunks: ["echo: ", "What ", "is ", "this?"] }])
  })

  it("ends an answer with its first tool and goes on after the tool's result", () => {
    const prompt = "say first\ntool: ls\nsay second\nwrite: a.txt|x|y\nsay third"
    expect(planAnswer(prompt, 0)).toMatchObject([{ _tag: "text" }, { _tag: "tool", name: "Bash", input: { command: "ls" } }])
    expect(planAnswer(prompt, 1)).toMatchObject([{ chunks: ["second"] }, { name: "Write", input: { file_path: "a.txt", content: "x|y" } }])
    expect(planAnswer(prompt, 2)).toMatchObject([{ _tag: "text", chunks: ["third"] }])
  })

  it("says that it is done when nothing is left to say", () => {
    expect(planAnswer("tool: ls", 1)).toMatchObject([{ chunks: ["done ", "after ", "tool"] }])
    expect(planAnswer("usage 10 20", 0)).toMatchObject([{ _tag: "usage", inputTokens: 10, outputTokens: 20 }, { chunks: ["done"] }])
  })

  it("reads counts and times of streams", () => {
    expect(planAnswer("slow 2 50", 0)).toEqual([{ _tag: "text", chunks: ["chunk 0 ", "chunk 1 "], everyMillis: 50 }])
    expect(planAnswer("burst 3", 0)).toEqual([{ _tag: "text", chunks: ["b 0 ", "b 1 ", "b 2 "], everyMillis: 0 }])
  })

  it("uses any tool by name, and the shell in the background", () => {
    expect(planAnswer('use: Grep {"pattern":"x"}', 0)).toMatchObject([{ name: "Grep", input: { pattern: "x" } }])
    expect(planAnswer("bg: make", 0)).toMatchObject([{ name: "Bash", input: { command: "make", run_in_background: true } }])
  })
})
