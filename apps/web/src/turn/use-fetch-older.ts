// Fetches older rows when the reader comes near to the first one.
import { useEffect, type RefObject } from "react"
import type { Body } from "../thread/body.ts"

const nearPixels = 600

export const useFetchOlder = (body: Body, more: boolean, scroller: RefObject<HTMLDivElement | null>): void => {
  useEffect(() => {
    const element = scroller.current
    if (element === null || !more) return
    let isAsking = false
    const onScroll = (): void => {
      if (isAsking || element.scrollTop > nearPixels) return
      isAsking = true
      // What could not be fetched is asked for again at the next scroll.
      void body
        .fetchOlder()
        .catch(() => undefined)
        .finally(() => (isAsking = false))
    }
    element.addEventListener("scroll", onScroll, { passive: true })
    return () => element.removeEventListener("scroll", onScroll)
  }, [body, more, scroller])
}
