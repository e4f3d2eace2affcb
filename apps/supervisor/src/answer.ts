// The table: ask → the verb that follows it. A missing one does not compile.
import type { Ask, Asks } from "@corral/contracts/supervisor"
import { attach, write } from "./attach.ts"
import { takes } from "./contract.ts"
import { join } from "./join.ts"
import { leave } from "./leave.ts"
import { Refusal } from "./refusal.ts"
import { run } from "./run.ts"
import { launch } from "./spawn.ts"
import { stop } from "./stop.ts"
import type { Supervision } from "./supervision.ts"
import { sweep } from "./sweep.ts"
import { trees } from "./trees.ts"
import { withPorts } from "./with-ports.ts"

/** One answer to `certificates`. */
const pageCertificates = 500

/** `hello` is the line's own: it is answered where the line is taken. */
type Verb = Exclude<Ask, "hello">
type Answer<A extends Ask> = Asks[A]["gives"] | Refusal
const hands: { readonly [A in Verb]: (s: Supervision, ask: Asks[A]["takes"]) => Answer<A> | Promise<Answer<A>> } = {
  launch,
  join,
  attach,
  write,
  stop,
  trees: (s, ask) => (ask.ports === true ? withPorts(s, trees(s, ask.memory)) : trees(s, ask.memory)),
  sweep: (s) => sweep(s),
  certificates: (s, ask) => s.ledger.certificates(ask.after, pageCertificates),
  run,
  survey: (s) => s.surveys.survey(),
  planEnd: (s, ask) => s.surveys.planEnd(ask.named),
  end: (s, ask) => s.surveys.end(ask.planId),
  leave,
}

export async function answer<A extends Verb>(s: Supervision, ask: A, payload: unknown): Promise<Answer<A>> {
  const check: (x: unknown) => x is Asks[A]["takes"] = takes[ask]
  const hand: (s: Supervision, ask: Asks[A]["takes"]) => Answer<A> | Promise<Answer<A>> = hands[ask]
  if (!check(payload)) return new Refusal("bad-request", `the ask ${ask} does not have the shape that the contract gives it`)
  return await hand(s, payload)
}
