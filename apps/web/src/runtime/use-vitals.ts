// Figures of the machine for a component; `watch` has them come once a second while it is mounted.
import { useEffect } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import type { Processes } from "@corral/contracts/tree"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import type { ThreadVitals } from "./sights.ts"

export const useVitalsWatch = (isWanted: boolean): void => {
  const { vitals } = useLink()
  useEffect(() => (isWanted ? vitals.watch() : undefined), [vitals, isWanted])
}

export const useProcesses = (): Processes | undefined => useKey(useLink().vitals.latest, "latest")

export const useThreadVitals = (threadId: ThreadId): ThreadVitals | undefined => useKey(useLink().vitals.threads, threadId)

/** Why what is shown is not the present; undefined while it is. */
export const useBlind = (): string | undefined => useKey(useLink().vitals.blind, "blind")
