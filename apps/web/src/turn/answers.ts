// What a person chose and wrote, as the agent is told: labels, or words of one's own.
import type { Question } from "@corral/contracts/turn"

export interface Choice {
  readonly chosen: readonly string[]
  /** In place of the options, or beside them where several may be chosen. */
  readonly words: string
}

export const isAnswered = (choice: Choice): boolean => choice.chosen.length > 0 || choice.words.trim() !== ""

export const choose = (question: Question, choice: Choice, label: string): Choice => {
  if (!question.multiSelect) return { chosen: [label], words: "" }
  const chosen = choice.chosen.includes(label) ? choice.chosen.filter((one) => one !== label) : [...choice.chosen, label]
  return { ...choice, chosen }
}

export const write = (question: Question, choice: Choice, words: string): Choice =>
  question.multiSelect ? { ...choice, words } : { chosen: [], words }

export const answersOf = (questions: readonly Question[], choices: Readonly<Record<string, Choice>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    questions.map((question) => {
      const { chosen, words } = choices[question.question] ?? { chosen: [], words: "" }
      return [question.question, [...chosen, ...(words.trim() === "" ? [] : [words.trim()])].join(", ")]
    }),
  )
