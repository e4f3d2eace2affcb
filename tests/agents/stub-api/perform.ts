// Plays the steps of an answer on an open reply, until the end or until the client has left.
import { setTimeout as pause } from "node:timers/promises"
import type { ServerResponse } from "node:http"
import type { Reply } from "./reply.ts"
import type { Step } from "./script.ts"

export interface Stage {
  readonly response: ServerResponse
  readonly reply: Reply
  /** Resolves when somebody releases what hangs, or when the client leaves. */
  readonly hang: () => Promise<void>
}

export const perform = async (steps: readonly Step[], stage: Stage): Promise<void> => {
  for (const step of steps) {
    if (stage.response.closed) return
    await performStep(step, stage)
  }
  const usage = steps.find((step) => step._tag === "usage")
  if (!stage.response.destroyed) stage.reply.finish(usage ?? null)
}

const performStep = async (step: Step, stage: Stage): Promise<void> => {
  switch (step._tag) {
    case "text":
    case "thinking":
      return speak(step._tag, step, stage)
    case "tool":
      return stage.reply.useTool(step.name, step.input)
    case "hang":
      await speak("text", { chunks: ["hanging "], everyMillis: 0 }, stage)
      return stage.hang()
    case "cut":
      await speak("text", { chunks: ["cutting "], everyMillis: 1 }, stage)
      stage.response.destroy()
      return
    // Said before the answer began, or with its end.
    case "error":
    case "stall":
    case "usage":
  }
}

const speak = async (
  kind: "text" | "thinking",
  said: { readonly chunks: readonly string[]; readonly everyMillis: number },
  stage: Stage,
): Promise<void> => {
  stage.reply.open(kind)
  for (const chunk of said.chunks) {
    if (stage.response.closed) return
    stage.reply.append(kind, chunk)
    if (said.everyMillis > 0) await pause(said.everyMillis)
  }
  stage.reply.close(kind)
}
