// Says for screen readers what happened, once: working, needs you, finished. Never the text of a message.
import { useEffect, useRef } from "react"
import { useLink } from "../link/link.ts"
import { noLists } from "../link/thread-lists.ts"
import { useKey } from "../link/use-key.ts"
import { statusOf } from "../thread/status.ts"
import { useThreadParam } from "./use-thread-param.ts"

export const Announcer = () => {
  const { shell } = useLink()
  const lists = useKey(shell.lists, "lists") ?? noLists
  const summary = useKey(shell.threads, useThreadParam())
  const urgent = useRef<HTMLDivElement>(null)
  const waiting = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const fresh = lists.needsYou.filter((one) => !waiting.current.has(one))
    waiting.current = new Set(lists.needsYou)
    const titles = fresh.map((one) => shell.threads.get(one)?.title ?? "")
    if (titles.length > 0) urgent.current?.replaceChildren(`Needs you: ${titles.join(", ")}`)
  }, [lists, shell])
  const outcome = summary?.lastOutcome ?? null
  return (
    <div className="sr-only">
      <div ref={urgent} aria-live="assertive" />
      <div aria-live="polite">
        {summary !== undefined && statusOf(summary, false).name}
        {outcome !== null && `, last turn ${outcome}`}
      </div>
    </div>
  )
}
