// Whether a list that was just opened has found its place: until then it is not shown, for it would be seen to jump.
import { useEffect, useState, type RefObject } from "react"

const longestMillis = 150
/** Frames of unchanged height in a row. */
const calmFrames = 2

export const useSettled = (content: RefObject<HTMLElement | null>, isReady: boolean): boolean => {
  const [isSettled, setSettled] = useState(false)
  useEffect(() => {
    if (!isReady || isSettled) return
    const startedAt = performance.now()
    let last = -1
    let calm = 0
    let frame = 0
    const look = (): void => {
      const height = content.current?.offsetHeight ?? 0
      calm = height === last ? calm + 1 : 0
      last = height
      if (calm >= calmFrames || performance.now() - startedAt > longestMillis) return setSettled(true)
      frame = requestAnimationFrame(look)
    }
    frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [content, isReady, isSettled])
  return isSettled
}
