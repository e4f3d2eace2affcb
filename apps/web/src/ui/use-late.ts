// Whether something has gone on for longer than a while.
import { useEffect, useState } from "react"

export const useLate = (isGoingOn: boolean, millis: number): boolean => {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    if (!isGoingOn) return
    const timer = window.setTimeout(() => setLate(true), millis)
    return () => {
      window.clearTimeout(timer)
      setLate(false)
    }
  }, [isGoingOn, millis])
  return isLate
}
