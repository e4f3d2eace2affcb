// What the server knows of the memory of a stretch of time, fetched anew while it is looked at.
import { useEffect, useState } from "react"
import type { MemoryPast, MemoryRange } from "@corral/contracts/memory-past"
import { useLink } from "../link/link.ts"

/** As often as the server looks by itself. */
const againMillis = 60_000

/** `range` null: nothing is fetched. Null: not there yet. */
export const usePast = (range: MemoryRange | null): MemoryPast | null => {
  const { connection } = useLink()
  const [known, setKnown] = useState<{ readonly range: MemoryRange; readonly past: MemoryPast } | null>(null)
  useEffect(() => {
    let isWanted = true
    const fetch = async (): Promise<void> => {
      if (range === null || document.hidden) return
      try {
        const past = await connection.call("memoryHistory", { range })
        if (isWanted) setKnown({ range, past })
      } catch {
        // What is shown stays, and ends where it ended; it is asked for again in a minute.
      }
    }
    const fetchNow = (): void => void fetch()
    fetchNow()
    const timer = window.setInterval(fetchNow, againMillis)
    document.addEventListener("visibilitychange", fetchNow)
    return () => {
      isWanted = false
      window.clearInterval(timer)
      document.removeEventListener("visibilitychange", fetchNow)
    }
  }, [connection, range])
  return known?.range === range ? known.past : null
}
