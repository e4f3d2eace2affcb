// An agent asks the person something: options to choose, or an answer in words. Takes no focus; only a press or the chord sends.
import { useState, type KeyboardEvent } from "react"
import type { Question } from "@corral/contracts/turn"
import { Button } from "../ui/button.tsx"
import { Kbd } from "../ui/kbd.tsx"
import { answersOf, isAnswered, type Choice } from "./answers.ts"
import { allows, type RequestCardProps } from "./approval-card.tsx"
import { QuestionFields } from "./question-fields.tsx"
import { useAnswering } from "./use-answering.ts"

const none: Choice = { chosen: [], words: "" }

export const QuestionCard = ({ threadId, request, count, onStop }: RequestCardProps) => {
  const { isGuarded, given, give } = useAnswering(threadId, request)
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({})
  const asked: readonly Question[] =
    request.questions.length > 0 ? request.questions : [{ question: request.subject, header: "", options: [], multiSelect: false }]
  const choiceOf = (question: Question): Choice => choices[question.question] ?? none
  const canSend = asked.every((question) => isAnswered(choiceOf(question)))
  const isGiven = given !== null
  const answer = async (decision: "allow" | "deny"): Promise<void> => {
    if (decision === "allow" && !canSend) return
    await give({ decision, text: null, answers: decision === "allow" ? answersOf(asked, choices) : {} })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.repeat) return
    if (allows(event.target)) event.preventDefault()
    if (event.ctrlKey || event.metaKey) void answer("allow")
  }
  return (
    <section
      id="approval"
      tabIndex={-1}
      aria-label="A question for you"
      onKeyDown={onKeyDown}
      className="mb-2 max-h-[55dvh] overflow-y-auto rounded-composer border border-attention bg-surface px-3.5 py-3"
    >
      <Head count={count} />
      {asked.map((question) => (
        <QuestionFields
          key={question.question}
          question={question}
          choice={choiceOf(question)}
          onChange={(choice) => setChoices((before) => ({ ...before, [question.question]: choice }))}
        />
      ))}
      <div className="flex flex-wrap items-center gap-2 pt-3">
        <Button
          weight="filled"
          data-allows
          aria-disabled={isGuarded}
          disabled={!canSend || isGiven}
          onClick={() => void answer("allow")}
          className="coarse:flex-1"
        >
          {isGiven ? "Sending…" : "Answer"}
          <Kbd>Ctrl ⏎</Kbd>
        </Button>
        <Button disabled={isGiven} onClick={() => void answer("deny")}>
          Do not answer
        </Button>
        <Button weight="quiet" onClick={onStop} className="ml-auto">
          Stop the turn
        </Button>
      </div>
    </section>
  )
}

const Head = ({ count }: { readonly count: number }) => (
  <header className="mb-1 flex items-center gap-2.5">
    <span aria-hidden className="text-attention">
      ◆
    </span>
    <h2 className="font-semibold">The agent asks</h2>
    {count > 1 && <span className="numbers ml-auto text-sec text-text-3">1 of {count}</span>}
  </header>
)
