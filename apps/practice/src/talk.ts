// Saying and thinking: text in small pieces at the pace of the model in force, which may change in mid sentence.
import { pause, wordPause } from "./pace.ts"
import type { Stage } from "./session.ts"

const defaultSlowMillis = 200
/** More pieces than any test asks for; a typo must not run for ever. */
const maxPieces = 100_000

const thoughts = ["First I look at what is asked.", "Then I check what could go wrong.", "Now I know what to do."]
const thoughtsOf: Readonly<Record<string, number>> = { low: 0, medium: 1, high: 3 }

export async function say(stage: Stage, text: string): Promise<void> {
  await stream(stage, "agent_message_chunk", `${text}\n\n`)
}

export async function think(stage: Stage, text: string): Promise<void> {
  await stream(stage, "agent_thought_chunk", text)
}

/** What the effort in force adds before the first step. */
export async function ponder(stage: Stage): Promise<void> {
  const { effort } = stage.session.choices
  const count = thoughtsOf[effort] ?? 0
  if (count > 0) await think(stage, `(effort ${effort}) ${thoughts.slice(0, count).join(" ")}`)
}

export async function slow(stage: Stage, rest: string): Promise<void> {
  const [count = 5, millis = defaultSlowMillis] = rest.split(/\s+/).filter(Boolean).map(Number)
  for (let piece = 1; piece <= Math.min(count, maxPieces); piece += 1) {
    await pause(millis, stage.signal)
    await stage.tell({ sessionUpdate: "agent_message_chunk", content: { type: "text", text: `${piece} ` } })
  }
}

async function stream(stage: Stage, kind: "agent_message_chunk" | "agent_thought_chunk", text: string): Promise<void> {
  for (const word of text.match(/\s*\S+\s*/g) ?? []) {
    await pause(wordPause(stage.session.choices.model), stage.signal)
    await stage.tell({ sessionUpdate: kind, content: { type: "text", text: word } })
  }
}
