// Tells what was said before: the visible proof that a session came back with its memory.
import type { Stage } from "./session.ts"
import { say } from "./talk.ts"

export async function recall(stage: Stage): Promise<void> {
  const before = stage.session.prompts.slice(0, -1)
  if (before.length === 0) return say(stage, "This is the first thing you said to me.")
  const list = before.map((prompt, place) => `${place + 1}. ${prompt.split("\n")[0]}`)
  await say(stage, `You said ${before.length} ${before.length === 1 ? "thing" : "things"} before:\n\n${list.join("\n")}`)
}
