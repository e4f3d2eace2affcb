// Ties the pin to a scrolling element: while it is set, every growth of content or frame ends at the end, once per frame.
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  type TouchEvent,
  type WheelEvent,
} from "react"
import { makePin } from "./pin.ts"

type Scroller = RefObject<HTMLDivElement | null>

export const usePin = (scroller: Scroller, content: Scroller) => {
  const [isPinned, setPinned] = useState(true)
  const pin = useMemo(() => makePin(setPinned), [])
  const finger = useRef<number | null>(null)

  useEffect(() => {
    const element = scroller.current
    if (element === null || content.current === null) return
    let frame = 0
    const toEnd = (): void => {
      frame = 0
      if (pin.isPinned()) element.scrollTo({ top: element.scrollHeight, behavior: "instant" })
    }
    const plan = (): void => {
      if (frame === 0) frame = requestAnimationFrame(toEnd)
    }
    const onScroll = (): void => pin.onScroll(distanceOf(element))
    const observer = new ResizeObserver(plan)
    observer.observe(element)
    observer.observe(content.current)
    element.addEventListener("scroll", onScroll, { passive: true })
    toEnd()
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
      element.removeEventListener("scroll", onScroll)
    }
  }, [scroller, content, pin, isPinned])

  const canScroll = (): boolean => scroller.current !== null && scroller.current.scrollHeight > scroller.current.clientHeight
  const handlers = {
    onWheel: (event: WheelEvent) => canScroll() && pin.onWheel(event.deltaY),
    onKeyDown: (event: KeyboardEvent) => canScroll() && pin.onKey(event.key, event.shiftKey),
    onTouchStart: (event: TouchEvent) => (finger.current = event.touches[0]?.clientY ?? null),
    onTouchMove: (event: TouchEvent) => {
      const now = event.touches[0]?.clientY ?? null
      if (now !== null && finger.current !== null && canScroll()) pin.onDrag(now - finger.current)
      finger.current = now
    },
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.target === event.currentTarget && event.nativeEvent.offsetX > event.currentTarget.clientWidth) pin.onScrollbar()
    },
  }
  return { isPinned, pin, handlers }
}

const distanceOf = (element: HTMLElement): number => element.scrollHeight - element.clientHeight - element.scrollTop
