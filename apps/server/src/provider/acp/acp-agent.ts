// What must be known of an ACP agent to drive it: everything else it says itself.
import type { ProviderId } from "@corral/contracts/ids"
import type { Mode } from "@corral/contracts/provider"

export interface AcpAgent {
  readonly provider: ProviderId
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** The agent's own name for each mode; a mode without one is not offered. */
  readonly modes: Readonly<Partial<Record<Mode, string>>>
  /** What it is given after EOF, in ms (providers.md, section 6). */
  readonly eofMillis: number
}
