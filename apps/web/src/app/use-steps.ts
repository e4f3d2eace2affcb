// Steps with the keys: from thread to thread in the sidebar's order, from turn to turn in the conversation.
import { useNavigate } from "@tanstack/react-router"
import { useLink } from "../link/link.ts"
import { useThreadParam } from "./use-thread-param.ts"

export const useSteps = () => {
  const navigate = useNavigate()
  const { shell } = useLink()
  const here = useThreadParam()
  const step = (by: 1 | -1): void => {
    const order = shell.lists.get("lists")?.order ?? []
    const at = order.findIndex((one) => one === here)
    const next = order[at === -1 ? 0 : (at + by + order.length) % order.length]
    if (next !== undefined) void navigate({ to: "/thread/$threadId", params: { threadId: next } })
  }
  return { step, stepTurn, here }
}

/** A turn counts as reached when its head is this near to the top, in px. */
const reachedPixels = 8

const stepTurn = (by: 1 | -1): void => {
  const log = document.querySelector('[role="log"]')
  if (log === null) return
  const top = log.getBoundingClientRect().top
  const heads = [...log.querySelectorAll("[data-turn]")].map((turn) => turn.getBoundingClientRect().top - top)
  const ways = heads.filter((way) => (by === 1 ? way > reachedPixels : way < -reachedPixels)).toSorted((a, b) => a - b)
  const way = by === 1 ? ways[0] : ways.at(-1)
  // Turns beyond the drawn rows are not there to be found: a page further they are.
  const distance = way ?? by * log.clientHeight
  if (distance < 0) log.dispatchEvent(new WheelEvent("wheel", { deltaY: distance, bubbles: true }))
  log.scrollBy({ top: distance })
}
