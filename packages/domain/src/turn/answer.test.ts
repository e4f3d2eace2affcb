import { RequestId } from "@corral/contracts/ids"
import type { Answer, Question } from "@corral/contracts/turn"
import { describe, expect, it } from "vitest"
import { archived, asked, busy, eventsOf, given, intentsOf, messageOf, reasonOf, requestId, threadId } from "../../test/story.ts"

const allow: Answer = { decision: "allow", text: null, answers: {} }
const answer = (more: Partial<Answer> = {}, id = requestId) =>
  ({ _tag: "turn.answer", threadId, requestId: id, answer: { ...allow, ...more } }) as const
const question = (text: string): Question => ({ question: text, header: "", options: [], multiSelect: false })
const questions = asked({ kind: "question", questions: [question("Which?"), question("Why?")] })

describe("answering a request", () => {
  it("closes it and tells the agent", () => {
    const story = given(...busy, asked())
    const decision = story.when(answer())
    expect(eventsOf(decision)).toEqual([{ _tag: "turn.request-closed", threadId, requestId, answer: allow }])
    expect(intentsOf(decision)).toEqual([{ _tag: "turn.answer", threadId, requestId, answer: allow }])
    expect(story.and(...eventsOf(decision)).it().requests).toEqual([])
  })

  it("is refused the second time: the first answer stands", () => {
    const decision = given(...busy, asked(), { _tag: "turn.request-closed", threadId, requestId, answer: allow }).when(
      answer({ decision: "deny" }),
    )
    expect(reasonOf(decision)).toBe("unknown-request")
    expect(messageOf(decision)).toContain("an earlier answer stands")
  })

  it("is refused in the archive: its agent is being stopped", () => {
    expect(reasonOf(given(...busy, asked(), archived).when(answer()))).toBe("archived-thread")
  })

  it("closes that one only", () => {
    const other = RequestId.make("req_2")
    const story = given(...busy, asked(), asked({ requestId: other }))
    expect(
      story
        .and(...eventsOf(story.when(answer({}, other))))
        .it()
        .requests.map((one) => one.requestId),
    ).toEqual([requestId])
  })

  it("with “always” is refused where it is not offered, and taken where it is", () => {
    expect(reasonOf(given(...busy, asked()).when(answer({ decision: "always" })))).toBe("bad-answer")
    expect(reasonOf(given(...busy, asked({ always: "rm in this folder" })).when(answer({ decision: "always" })))).toBeNull()
  })
})

describe("answering a question", () => {
  it("needs an answer to each of them, and names the open one", () => {
    const decision = given(...busy, questions).when(answer({ answers: { "Which?": "The red one", "Why?": "  " } }))
    expect(reasonOf(decision)).toBe("bad-answer")
    expect(messageOf(decision)).toContain("“Why?”")
  })

  it("with all of them is taken", () => {
    expect(reasonOf(given(...busy, questions).when(answer({ answers: { "Which?": "The red one", "Why?": "It is red" } })))).toBeNull()
  })

  it("can be denied without an answer", () => {
    expect(reasonOf(given(...busy, questions).when(answer({ decision: "deny", text: "Ask me later." })))).toBeNull()
  })
})
