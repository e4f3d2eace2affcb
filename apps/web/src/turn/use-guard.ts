// A card that has just appeared does not hear: a key or press on its way to something else must not be taken for an answer.
import { useEffect, useState } from "react"

const deafMillis = 400

/** Whether it is still too early. Begins anew with each mount. */
export const useGuard = (): boolean => {
  const [isDeaf, setDeaf] = useState(true)
  useEffect(() => {
    const timer = window.setTimeout(() => setDeaf(false), deafMillis)
    return () => window.clearTimeout(timer)
  }, [])
  return isDeaf
}
