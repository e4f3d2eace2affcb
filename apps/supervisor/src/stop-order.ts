// Why and how hastily a tree is to be stopped.
import type { StopReason, TreeCertificate } from "@corral/contracts/certificate"
import type { Struck } from "./platform/strike.ts"
import type { Rung, RungBudgets } from "./ladder.ts"

export interface StopOrder {
  readonly reason: StopReason
  readonly askedBy: string
  /** Null: from the first rung that has something to say. */
  readonly from: Exclude<Rung, "protocol"> | null
  /** Nobody else says goodbye to the agent: write its farewell. */
  readonly saysFarewell?: boolean
  /** At most these, whatever the launch said. */
  readonly atMost?: RungBudgets
  /** A short command: where it left nothing that had to be ended, there is nothing to certify. */
  readonly isQuiet?: boolean
  /** Whom a watcher had ended before; asked when all is done, since it may be at it still. */
  readonly struck?: () => Struck
}

/** A text: the tree was taken down, and the proof could not be written. Null: it was quiet, and left nothing. */
export type StopResult = TreeCertificate | string | null
