// One clock for the whole page: it ticks only while somebody shows a time and the page is visible.
import { useSyncExternalStore } from "react"

const second = 1000
const halfMinute = 30 * second

const steps = new Map<() => void, number>()
let timer: number | undefined

const tick = (): void => {
  for (const listener of steps.keys()) listener()
}

const arm = (): void => {
  window.clearInterval(timer)
  timer = undefined
  if (steps.size > 0 && !document.hidden) timer = window.setInterval(tick, Math.min(...steps.values()))
}

const every = (step: number) => (listener: () => void) => {
  steps.set(listener, step)
  arm()
  return () => {
    steps.delete(listener)
    arm()
  }
}
const everySecond = every(second)
const everyHalfMinute = every(halfMinute)

const nowInSteps = (step: number) => (): number => Math.floor(Date.now() / step) * step
const nowToSecond = nowInSteps(second)
const nowToHalfMinute = nowInSteps(halfMinute)

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) tick()
  arm()
})

/** The time to the second, for a component that shows it run. */
export const useSeconds = (): number => useSyncExternalStore(everySecond, nowToSecond)

/** The time to half a minute, for ages. */
export const useMinutes = (): number => useSyncExternalStore(everyHalfMinute, nowToHalfMinute)
