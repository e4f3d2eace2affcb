// The last ten minutes of memory by session: what the server knows of them, and each look while the page is open.
import { useEffect, useState } from "react"
import { useLink } from "../link/link.ts"
import { addPast, addSample, noHistory, type History } from "./history.ts"
import { usePast } from "./use-past.ts"

export const useHistory = (): History => {
  const { vitals } = useLink()
  const past = usePast("10m")
  const [history, setHistory] = useState(noHistory)
  useEffect(() => {
    if (past !== null) setHistory((before) => addPast(before, past))
  }, [past])
  useEffect(() => {
    const take = (): void => {
      const seen = vitals.latest.get("latest")
      if (seen !== undefined) setHistory((before) => addSample(before, seen))
    }
    take()
    return vitals.latest.listen("latest", take)
  }, [vitals])
  return history
}
