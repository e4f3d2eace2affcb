// What runs now, whose it is, why it is alive and what would end it: trees as the supervisor sees them, with their threads.
import type { Certificate } from "@corral/contracts/certificate"
import type { ThreadId } from "@corral/contracts/ids"
import type { Status, SweepResult } from "@corral/contracts/rpc"
import type { Count, Processes } from "@corral/contracts/tree"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** The supervisor could not be asked; nothing is claimed about what runs. */
export class CannotLook extends Schema.TaggedError<CannotLook>()("CannotLook", { problem: Schema.String }) {
  override get message() {
    return `What runs could not be seen: ${this.problem}`
  }
}

export class Look extends Context.Service<Look, {
  /** A fresh look. `threadId` null: all trees and the strays. */
  readonly processes: (threadId: ThreadId | null) => Effect.Effect<Processes, CannotLook>
  readonly count: Effect.Effect<Count, CannotLook>
  readonly sweep: Effect.Effect<SweepResult, CannotLook>
  /** The supervisor part of `corral status`; null while there is none. */
  readonly supervisor: Effect.Effect<Status["supervisor"]>
  /** Certificates from the moment they are kept; gives back how to stop listening. */
  readonly onCertificate: (listener: (certificate: Certificate) => void) => () => void
}>()("corral/Look") {}
