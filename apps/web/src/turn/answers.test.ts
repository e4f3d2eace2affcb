// A person's choice becomes what the agent is told.
import { expect, it } from "vitest"
import { answersOf, choose, isAnswered, write } from "./answers.ts"

const question = { question: "Which?", header: "", options: [{ label: "A", description: "" }], multiSelect: false }
const several = { ...question, multiSelect: true }
const none = { chosen: [], words: "" }

it("one choice replaces the other, and words replace both", () => {
  const first = choose(question, none, "A")
  expect(choose(question, first, "B").chosen).toEqual(["B"])
  expect(write(question, first, "neither")).toEqual({ chosen: [], words: "neither" })
  expect(choose(question, { chosen: [], words: "x" }, "A")).toEqual({ chosen: ["A"], words: "" })
})

it("several choices add up, and a second press takes one away", () => {
  const both = choose(several, choose(several, none, "A"), "B")
  expect(both.chosen).toEqual(["A", "B"])
  expect(choose(several, both, "A").chosen).toEqual(["B"])
})

it("the agent hears labels and words, by question", () => {
  expect(answersOf([several], { "Which?": { chosen: ["A", "B"], words: " and C " } })).toEqual({ "Which?": "A, B, and C" })
})

it("blank words are no answer", () => {
  expect(isAnswered({ chosen: [], words: "  " })).toBe(false)
})
