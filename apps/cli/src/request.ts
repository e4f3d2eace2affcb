// What an agent waits for, with the very command that answers it.
import type { Request } from "@corral/contracts/turn"
import type { ThreadId } from "@corral/contracts/ids"
import { short } from "./pick.ts"
import { paint, type Style } from "./print.ts"

/** `stream`: where they will be written, for their colour. */
export function requestLines(threadId: ThreadId, request: Request, stream: NodeJS.WriteStream = process.stdout): string[] {
  const draw = (style: Style, text: string) => paint(style, text, stream)
  const answer = `corral answer ${short(threadId)} ${request.requestId}`
  const asks = draw("yellow", `waits for your answer: ${request.toolName}`)
  if (request.kind === "question") {
    const questions = request.questions.flatMap(({ question, options }) => [
      `    ${question}`,
      ...options.map(({ label, description }) => `      ${draw("bold", label)}  ${draw("dim", description)}`),
    ])
    return [asks, ...questions, `    ${answer} allow ${request.questions.map(() => '--choose "…"').join(" ")}`]
  }
  const subject = request.subject.split("\n").map((line) => `    ${line}`)
  const always = request.always === null ? [] : [`    ${answer} always  ${draw("dim", `(${request.always})`)}`]
  return [asks, ...subject, `    ${answer} allow`, ...always, `    ${answer} deny --text "…"`]
}
