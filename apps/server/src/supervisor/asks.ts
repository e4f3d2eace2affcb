// What was asked and is not yet answered. A broken line is not an answer: what may be asked twice is asked again.
import type { Ask } from "@corral/contracts/supervisor"
import { SupervisorLost, SupervisorRefused } from "./supervisor.ts"

/** Not asked again after a break: nobody knows whether they were done, and twice would be wrong. */
const once: ReadonlySet<Ask> = new Set<Ask>(["launch", "write", "run", "leave"])

/**
 * How long each ask waits while no supervisor is on the line, from when it was asked or the line broke. A new supervisor sweeps before it
 * serves, which may take its 10 s rung.
 */
const patienceMillis = 20_000

interface Waiting {
  readonly ask: Ask
  readonly payload: unknown
  readonly answered: (ok: unknown) => void
  readonly failed: (error: SupervisorRefused | SupervisorLost) => void
}

interface Open extends Waiting {
  readonly id: number
  readonly askedAt: number
  /** A supervisor may have heard it: what is not sent was certainly not done, and waits for the line however often it fails to come up. */
  sent: boolean
  patience: NodeJS.Timeout | undefined
}

export interface Asked {
  readonly ask: (waiting: Waiting) => void
  readonly answer: (id: number, ok: unknown) => void
  readonly refuse: (id: number, tag: string, message: string) => void
  /** The line stands: what waits is sent. */
  readonly up: (send: (frame: unknown) => void) => void
  readonly down: (problem: string) => void
}

export const makeAsks = (): Asked => {
  const waiting = new Map<number, Open>()
  let next = 1
  let send: ((frame: unknown) => void) | null = null
  let problem = "no supervisor has answered yet"

  const give = (entry: Open) => {
    rest(entry)
    entry.sent = true
    send?.({ id: entry.id, ask: entry.ask, with: entry.payload })
  }
  const settle = (id: number) => {
    const entry = waiting.get(id)
    waiting.delete(id)
    if (entry !== undefined) rest(entry)
    return entry
  }
  const lose = ({ id, ask, askedAt, failed }: Open) => {
    settle(id)
    failed(new SupervisorLost({ ask, waitedMillis: Math.round(performance.now() - askedAt), problem }))
  }
  const wait = (entry: Open) => {
    entry.patience ??= setTimeout(() => lose(entry), patienceMillis)
  }

  return {
    ask: (asked) => {
      const entry: Open = { ...asked, id: next++, askedAt: performance.now(), sent: false, patience: undefined }
      waiting.set(entry.id, entry)
      if (send === null) wait(entry)
      else give(entry)
    },
    answer: (id, ok) => settle(id)?.answered(ok),
    refuse: (id, tag, message) => {
      const entry = settle(id)
      entry?.failed(new SupervisorRefused({ ask: entry.ask, tag, problem: message }))
    },
    up: (sender) => {
      send = sender
      for (const entry of waiting.values()) give(entry)
    },
    down: (why) => {
      send = null
      problem = why
      for (const entry of waiting.values()) {
        if (once.has(entry.ask) && entry.sent) lose(entry)
        else wait(entry)
      }
    },
  }
}

/** While a supervisor is on the line nobody loses patience: what it does may take its time. */
const rest = (entry: Open) => {
  clearTimeout(entry.patience)
  entry.patience = undefined
}
