// An agent that was asked to end its turn and does not: said so, for it is the person who decides what comes next.
import type { Transcript } from "./transcript.ts"

/** Claude Code answers an interrupt in 50 ms, the slowest agent tried in 1.7 s under load. */
const deafMillis = 5000

export function noticeIfDeaf(transcript: Transcript): void {
  const { turnId } = transcript
  setTimeout(() => {
    if (turnId !== null && transcript.turnId === turnId) {
      transcript.notice("warning", "The agent does not answer the interrupt.", "Stop the session to end it.")
    }
  }, deafMillis).unref()
}
