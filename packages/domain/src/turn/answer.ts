// A person answers what the agent waits for.
import type { ThreadEvent } from "@corral/contracts/event"
import type { Thread } from "@corral/contracts/thread"
import type { Answer, AnswerTurn, Request, RequestClosed } from "@corral/contracts/turn"
import type { Decision } from "../decision.ts"
import { accept, reject } from "../decision.ts"
import { onActiveThread } from "../on-thread.ts"
import type { World } from "../state.ts"

export const decideAnswerTurn = (world: World, { threadId, requestId, answer }: AnswerTurn): Decision =>
  onActiveThread(world, threadId, ({ title, requests }) => {
    const request = requests.find((one) => one.requestId === requestId)
    if (request === undefined)
      return reject("unknown-request", `Thread “${title}” does not wait for an answer to ${requestId}; an earlier answer stands.`)
    const problem = answerProblem(request, answer)
    if (problem !== null) return reject("bad-answer", `${problem} Thread “${title}” still waits.`)
    return accept([{ _tag: "turn.request-closed", threadId, requestId, answer }], [{ _tag: "turn.answer", threadId, requestId, answer }])
  })

/** The open requests that can no longer be answered, closed. */
export const closedRequests = (
  { threadId, requests }: Thread,
  isOver: (request: Request) => boolean = () => true,
): readonly ThreadEvent[] =>
  requests.filter(isOver).map(({ requestId }) => ({ _tag: "turn.request-closed", threadId, requestId, answer: null }))

export const evolveRequestClosed = (thread: Thread, { requestId }: RequestClosed): Thread => {
  const requests = thread.requests.filter((request) => request.requestId !== requestId)
  return requests.length === thread.requests.length ? thread : { ...thread, requests }
}

const answerProblem = (request: Request, { decision, answers }: Answer) => {
  if (decision === "always" && request.always === null) return "“Always” is not offered for this request."
  if (decision === "deny") return null
  const open = request.questions.find(({ question }) => (answers[question] ?? "").trim() === "")
  return open === undefined ? null : `The question “${open.question}” has no answer.`
}
