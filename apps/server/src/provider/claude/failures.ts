// What went wrong with Claude Code, as a sentence that a person understands, with the next step where there is one.
import { exitSentence } from "../exit-sentence.ts"
import type { Exit } from "../provider.ts"

export interface Failure {
  readonly problem: string
  readonly next: string | null
}

const logIn = "Run `claude` in a terminal, type /login, then send again."

/** By what the agent wrote; the first that fits. */
const known: readonly { readonly says: RegExp; readonly failure: Failure }[] = [
  {
    says: /not logged in|please run \/login|invalid api key|oauth token (has expired|revoked)|authentication_failed/i,
    failure: { problem: "Claude Code is not logged in.", next: logIn },
  },
  {
    says: /dangerously-skip-permissions cannot be used with root/i,
    failure: {
      problem: "Claude Code refuses the mode full for root.",
      next: "Choose another mode, or set IS_SANDBOX=1 in agent.env if this machine is a sandbox.",
    },
  },
  {
    says: /no conversation found/i,
    failure: { problem: "Claude Code no longer knows this conversation.", next: "Start a new thread." },
  },
  { says: /credit balance is too low/i, failure: { problem: "The account's credit is used up.", next: "Add credit, then send again." } },
  {
    says: /usage limit reached|hit your limit/i,
    failure: { problem: "The usage limit of this account is reached.", next: "Wait until it is reset, then send again." },
  },
  {
    says: /prompt is too long/i,
    failure: { problem: "The conversation is too long for the model.", next: "Send /compact to shorten it, or start a new thread." },
  },
  {
    says: /issue with the selected model|model.*(not found|may not exist)/i,
    failure: { problem: "This account has no such model.", next: "Choose another model, then send again." },
  },
]

const byStatus: Readonly<Record<number, Failure>> = {
  401: { problem: "The API refused the login of Claude Code (401).", next: logIn },
  403: { problem: "The API refused the account of Claude Code (403).", next: logIn },
  429: { problem: "The API limits the rate of requests (429).", next: "Wait a little, then send again." },
  529: { problem: "The API is overloaded (529).", next: "Wait a little, then send again." },
}

/** `words`: what the agent said; `status`: the API's, where it said one. */
export function apiFailure(words: string, status: number | null): Failure {
  const fits = known.find(({ says }) => says.test(words))?.failure
  if (fits !== undefined) return fits
  const meant = status === null ? undefined : byStatus[status]
  return meant === undefined ? { problem: words, next: null } : { problem: `${meant.problem} It said: ${words}`, next: meant.next }
}

export function exitFailure(name: string, exit: Exit): Failure {
  return known.find(({ says }) => says.test(exit.stderr))?.failure ?? { problem: exitSentence(name, exit), next: null }
}

export const sentence = ({ problem, next }: Failure): string => (next === null ? problem : `${problem} ${next}`)
