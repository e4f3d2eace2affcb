// The stops that somebody meant: a turn that one of them ends was interrupted. By all others it failed.
import type { StopReason } from "@corral/contracts/certificate"

const meant: readonly StopReason[] = ["stop", "archive", "delete", "switch", "replace", "shutdown", "idle", "room"]

export const isMeant = (reason: StopReason): boolean => meant.includes(reason)
