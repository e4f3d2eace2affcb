// One question: its options as radio buttons or boxes, and a line for words of one's own.
import type { Question } from "@corral/contracts/turn"
import { choose, write, type Choice } from "./answers.ts"

interface QuestionFieldsProps {
  readonly question: Question
  readonly choice: Choice
  readonly onChange: (choice: Choice) => void
}

export const QuestionFields = ({ question, choice, onChange }: QuestionFieldsProps) => (
  <fieldset className="pt-1.5">
    <legend className="text-prose">
      {question.header !== "" && <span className="mr-2 text-sec text-text-3">{question.header}</span>}
      {question.question}
    </legend>
    {question.options.map((option) => (
      <label
        key={option.label}
        className="mt-1 flex min-h-7 cursor-pointer items-start gap-2.5 rounded-control px-2 py-1 hover:bg-raised coarse:min-h-11"
      >
        <input
          type={question.multiSelect ? "checkbox" : "radio"}
          name={question.question}
          checked={choice.chosen.includes(option.label)}
          onChange={() => onChange(choose(question, choice, option.label))}
          className="mt-1 size-3.5 shrink-0 accent-accent coarse:size-5"
        />
        <span className="min-w-0">
          <span className="block">{option.label}</span>
          {option.description !== "" && <span className="block text-sec text-text-3">{option.description}</span>}
        </span>
      </label>
    ))}
    <input
      type="text"
      aria-label={`Your own answer to: ${question.question}`}
      placeholder={question.options.length > 0 ? "Something else" : "Your answer"}
      value={choice.words}
      onChange={(event) => onChange(write(question, choice, event.target.value))}
      className="mt-1.5 block h-8 w-full rounded-control border border-line-strong bg-canvas px-2.5 coarse:h-11 coarse:text-[16px]"
    />
  </fieldset>
)
