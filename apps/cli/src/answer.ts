// corral answer: what an agent waits for is allowed, denied, or told.
import type { Answer, Request } from "@corral/contracts/turn"
import { Argument, type Command } from "commander"
import { usage } from "./failure.ts"
import { order } from "./order.ts"
import { pick } from "./pick.ts"
import { withServer } from "./reach.ts"
import { findThread } from "./thread/find.ts"
import { give, verb, type Options } from "./verb.ts"

const decisions: readonly Answer["decision"][] = ["allow", "always", "deny"]

interface AnswerOptions extends Options {
  readonly text?: string
  readonly choose?: readonly string[]
}

export function answer(parent: Command): void {
  verb(parent, {
    words: "answer <thread> <request>",
    about: "answer an approval or a question; corral thread show THREAD lists those that wait",
    examples: [
      "corral answer 4f9 req_1 allow",
      'corral answer 4f9 req_1 deny --text "not on main"',
      "corral answer 4f9 req_2 allow --choose Postgres",
    ],
  })
    .addArgument(new Argument("<decision>", "what you decide").choices(decisions))
    .option("--text <text>", "told to the agent with a denial")
    .option("--choose <label...>", "to questions: one answer for each, in their order")
    .action((...[typed, typedRequest, decision, options]: [string, string, Answer["decision"], AnswerOptions]) =>
      withServer(async (connection) => {
        const { threadId } = await findThread(connection, typed)
        const { requests } = await connection.call("thread", { threadId })
        const pickable = requests.map((request) => ({ id: request.requestId, name: request.subject, request }))
        const { request } = pick("waiting request", pickable, typedRequest)
        const given: Answer = { decision, text: options.text ?? null, answers: answersTo(request, options.choose ?? []) }
        await order(connection, { _tag: "turn.answer", threadId, requestId: request.requestId, answer: given })
        give(options, { threadId, requestId: request.requestId, answer: given }, () => [`answered: ${decision}`])
      }),
    )
}

function answersTo({ questions }: Request, chosen: readonly string[]): Record<string, string> {
  if (chosen.length > questions.length) throw usage(`There are ${questions.length} questions and ${chosen.length} answers.`)
  return Object.fromEntries(chosen.map((label, at) => [questions[at]?.question ?? "", label]))
}
