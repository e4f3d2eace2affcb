// What was last seen on this machine: every coding agent and MCP server, whoever started it. Looked for when somebody asks, never by itself.
import { create } from "zustand"
import type { Connection } from "@corral/client/connect"
import { Disconnected } from "@corral/client/errors"
import type { SurveyHere } from "@corral/contracts/rpc"

export interface KnownSurvey {
  readonly survey: SurveyHere | null
  /** Why the last look failed; what is known stays. */
  readonly problem: string | null
  readonly isLooking: boolean
}

export const useSurvey = create<KnownSurvey>(() => ({ survey: null, problem: null, isLooking: false }))

let looks = 0

/** Never rejects. Of several at once the one that was begun last is believed: it has seen what the others may have missed. */
export const lookAtMachine = async (connection: Pick<Connection, "call">): Promise<void> => {
  looks += 1
  const mine = looks
  useSurvey.setState({ isLooking: true })
  const news = await connection.call("survey", {}).then(
    (survey) => ({ survey, problem: null }),
    (cause: unknown) => ({ problem: problemOf(cause) }),
  )
  if (mine === looks) useSurvey.setState({ ...news, isLooking: false })
}

/** The first look of this page's life; after that nothing happens. */
export const lookOnce = (connection: Pick<Connection, "call">): void => {
  if (looks === 0) void lookAtMachine(connection)
}

const problemOf = (cause: unknown): string => {
  if (cause instanceof Disconnected) return "The line to the server is lost."
  return cause instanceof Error ? cause.message : "The machine could not be looked at."
}
