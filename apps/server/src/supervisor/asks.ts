// What was asked and is not yet answered. A broken line is not an answer: what may be asked twice is asked again.
import type { Ask } from "@corral/contracts/supervisor"
import { SupervisorLost, SupervisorRefused } from "./supervisor.ts"

/** Not asked again after a break: nobody knows whether they were done, and twice would be wrong. */
const once: ReadonlySet<Ask> = new Set<Ask>(["launch", "write", "run", "leave"])

/** How long an ask waits while no supervisor is on the line. A new supervisor sweeps before it serves, which may take its 10 s rung. */
const patienceMillis = 20_000

interface Waiting {
  readonly ask: Ask
  readonly payload: unknown
  readonly answered: (ok: unknown) => void
  readonly failed: (error: SupervisorRefused | SupervisorLost) => void
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
  const waiting = new Map<number, Waiting>()
  /** What a supervisor may have heard: the rest was certainly not done, and waits for the line however often it fails to come up. */
  const sent = new Set<number>()
  let next = 1
  let send: ((frame: unknown) => void) | null = null
  let patience: NodeJS.Timeout | null = null
  let problem = "no supervisor has answered yet"

  const give = (id: number, entry: Waiting) => {
    sent.add(id)
    send?.({ id, ask: entry.ask, with: entry.payload })
  }
  const lose = (id: number, entry: Waiting) => {
    settle(id)
    entry.failed(new SupervisorLost({ ask: entry.ask, waitedMillis: patienceMillis, problem }))
  }
  const wait = () => {
    patience ??= setTimeout(() => {
      patience = null
      for (const [id, entry] of waiting) lose(id, entry)
    }, patienceMillis)
  }
  const settle = (id: number) => {
    const entry = waiting.get(id)
    waiting.delete(id)
    sent.delete(id)
    return entry
  }

  return {
    ask: (entry) => {
      const id = next++
      waiting.set(id, entry)
      if (send === null) return wait()
      give(id, entry)
    },
    answer: (id, ok) => settle(id)?.answered(ok),
    refuse: (id, tag, message) => {
      const entry = settle(id)
      entry?.failed(new SupervisorRefused({ ask: entry.ask, tag, problem: message }))
    },
    up: (sender) => {
      send = sender
      if (patience !== null) clearTimeout(patience)
      patience = null
      for (const [id, entry] of waiting) give(id, entry)
    },
    down: (why) => {
      send = null
      problem = why
      for (const [id, entry] of waiting) if (once.has(entry.ask) && sent.has(id)) lose(id, entry)
      if (waiting.size > 0) wait()
    },
  }
}
