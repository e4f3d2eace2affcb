// Shows a plan and ticks it off, entry by entry.
import { pause, wordPause } from "./pace.ts"
import type { Stage } from "./session.ts"

/** An entry takes as long as this many words. */
const wordsPerEntry = 12

export async function plan(stage: Stage, rest: string): Promise<void> {
  const entries = rest
    .split(";")
    .map((entry) => entry.trim())
    .filter(Boolean)
  for (let done = 0; done <= entries.length; done += 1) {
    await stage.tell({
      sessionUpdate: "plan",
      entries: entries.map((content, place) => ({
        content,
        priority: "medium",
        status: place < done ? "completed" : place === done ? "in_progress" : "pending",
      })),
    })
    if (done < entries.length) await pause(wordPause(stage.session.choices.model) * wordsPerEntry, stage.signal)
  }
}
