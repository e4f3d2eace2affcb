// The line to the supervisor, as the floors above use it. It is brought back by itself; what was asked meanwhile is asked again.
import type { Ask, Asks, Bookmark, SupervisorHello, Told } from "@corral/contracts/supervisor"
import type { TreeId } from "@corral/contracts/ids"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** The supervisor answered no; nothing was done. */
export class SupervisorRefused extends Schema.TaggedError<SupervisorRefused>()("SupervisorRefused", {
  ask: Schema.String,
  tag: Schema.String,
  problem: Schema.String,
}) {
  override get message() {
    return `The supervisor refused to ${this.ask}: ${this.problem}`
  }
}

/** There was no supervisor to ask for longer than the line waits; whether the ask was done is not known. */
export class SupervisorLost extends Schema.TaggedError<SupervisorLost>()("SupervisorLost", {
  ask: Schema.String,
  waitedMillis: Schema.Int,
  problem: Schema.String,
}) {
  override get message() {
    return `The supervisor did not answer to ${this.ask} for ${this.waitedMillis} ms: ${this.problem}`
  }
}

/**
 * The pipes of one tree. Lines come whole, once and in order; each is acknowledged when its listener has returned, and kept by the
 * supervisor back to the bookmark all the same.
 */
export interface TreeLine {
  readonly pid: number
  readonly write: (lines: readonly string[], bookmark: Bookmark | null) => Promise<void>
  readonly onLine: (listener: (line: string, n: number) => void) => void
  readonly onExit: (
    listener: (exit: { readonly code: number | null; readonly signal: string | null; readonly stderr: string }) => void,
  ) => void
  readonly requestStop: () => void
}

/** `state`: what the bookmark holds. `said`: the number of the last line that is there already and told first; 0: there is none. */
export interface HeldLine extends TreeLine {
  readonly state: string | null
  readonly said: number
}

export class Supervisor extends Context.Service<
  Supervisor,
  {
    readonly ask: <A extends Ask>(ask: A, payload: Asks[A]["takes"]) => Effect.Effect<Asks[A]["gives"], SupervisorRefused | SupervisorLost>
    /** Takes the pipes of a tree over from its bookmark on: of one just launched, or of one that a former server left. One line per tree. */
    readonly attach: (treeId: TreeId) => Effect.Effect<HeldLine, SupervisorRefused | SupervisorLost>
    /** The last greeting; null while no supervisor is on the line. */
    readonly hello: () => SupervisorHello | null
    /** Everything as told, lines of agents too; and `lost` when the line broke, `back` when it stands again. Gives back how to stop listening. */
    readonly onTold: (listener: (told: Told | { readonly _tag: "lost" } | { readonly _tag: "back" }) => void) => () => void
  }
>()("corral/Supervisor") {}
