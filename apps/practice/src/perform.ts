// The table: which step is done by whom.
import { ask } from "./ask.ts"
import { background } from "./background.ts"
import { crash, daemon, deaf, fail, flood, hang, ignoreTerm, mute } from "./misbehave.ts"
import { plan } from "./plan.ts"
import { recall } from "./recall.ts"
import { run, silentTool } from "./run.ts"
import type { Step, Verb } from "./script.ts"
import type { Stage } from "./session.ts"
import { say, slow, think } from "./talk.ts"
import { write } from "./write.ts"

const hands: Readonly<Record<Verb, (stage: Stage, rest: string) => Promise<void>>> = {
  say,
  slow,
  think,
  run,
  write,
  ask,
  plan,
  background,
  recall,
  daemon,
  "silent-tool": silentTool,
  hang,
  "ignore-term": ignoreTerm,
  deaf,
  flood,
  mute,
  crash: async (_stage, rest) => crash(rest),
  error: async (_stage, rest) => fail(rest),
}

export async function perform(stage: Stage, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    stage.signal.throwIfAborted()
    await hands[step.verb](stage, step.rest)
  }
}
