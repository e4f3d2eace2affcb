// The table: what a decision asks of the world, and the hand that does it. A missing hand does not compile.
import type { Intent } from "@corral/contracts/intent"
import { Engine } from "./engine/engine.ts"
import { answerTurn } from "./runtime/answer.ts"
import { interruptTurn } from "./runtime/interrupt.ts"
import { startTurn } from "./runtime/start.ts"
import { stopRuntime } from "./runtime/stop.ts"
import { tuneRuntime } from "./runtime/tune.ts"
import { wakeRuntime } from "./runtime/wake.ts"
import * as Effect from "effect/Effect"

type Of<Tag extends Intent["_tag"]> = Extract<Intent, { readonly _tag: Tag }>

/** The server does by itself what was left to do. */
const nobody = "server"

export const hands = {
  "turn.start": ({ threadId, turnId, askedBy }: Of<"turn.start">) => startTurn(threadId, turnId, askedBy),
  "turn.interrupt": ({ threadId, turnId }: Of<"turn.interrupt">) => interruptTurn(threadId, turnId),
  "turn.answer": ({ threadId, requestId, answer }: Of<"turn.answer">) => answerTurn(threadId, requestId, answer),
  "runtime.wake": ({ threadId, askedBy = nobody }: Of<"runtime.wake">) =>
    Effect.asVoid(wakeRuntime(threadId, { why: "wake", turnId: null, askedBy })),
  "runtime.tune": ({ threadId, askedBy }: Of<"runtime.tune">) => tuneRuntime(threadId, askedBy),
  "runtime.stop": ({ threadId, reason, askedBy }: Of<"runtime.stop">) => Effect.asVoid(stopRuntime(threadId, reason, askedBy)),
  "thread.delete": ({ threadId }: Of<"thread.delete">) => Effect.flatMap(Engine, (engine) => engine.drop(threadId)),
}
