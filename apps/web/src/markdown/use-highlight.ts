// Colours for a block of code: what is closed is coloured every quarter of a second, and no colour is ever taken back.
import { useEffect, useId, useState } from "react"
import type { HighlightAnswer, HighlightRequest, Line } from "./highlight-message.ts"
import { languageOf } from "./languages.ts"

const stepMillis = 250
/** Longer code stays plain: colouring it would take the worker seconds. */
const maxChars = 120_000
/** Coloured blocks that are remembered for the way back, by content. */
const keptBlocks = 150

const listeners = new Map<string, (answer: HighlightAnswer) => void>()
const remembered = new Map<string, readonly Line[]>()
let worker: Worker | null = null

const ask = (request: HighlightRequest): void => {
  if (worker === null) {
    worker = new Worker(new URL("./highlight.worker.ts", import.meta.url), { type: "module" })
    worker.addEventListener("message", (event: MessageEvent<HighlightAnswer>) => listeners.get(event.data.key)?.(event.data))
  }
  worker.postMessage(request)
}

const remember = (content: string, lines: readonly Line[]): void => {
  remembered.delete(content)
  remembered.set(content, lines)
  const oldest = remembered.keys().next()
  if (remembered.size > keptBlocks && oldest.done !== true) remembered.delete(oldest.value)
}

/** The coloured lines from the start; what follows them is shown plain. `open`: the block is still being written. */
export const useHighlight = (fence: string, text: string, open: boolean): readonly Line[] => {
  const key = useId()
  const language = text.length > maxChars ? null : languageOf(fence)
  const closed = open ? text.slice(0, text.lastIndexOf("\n") + 1) : `${text}\n`
  const content = `${language}\n${closed}`
  const [lines, setLines] = useState<readonly Line[]>(() => remembered.get(content) ?? [])
  const wanted = closed === "" ? 0 : closed.split("\n").length - 1
  const isMissing = language !== null && lines.length < wanted

  useEffect(() => {
    if (!isMissing) return
    listeners.set(key, (answer) => setLines((before) => [...before.slice(0, answer.from), ...answer.lines]))
    const timer = window.setTimeout(() => ask({ key, language, text: closed }), open ? stepMillis : 0)
    return () => window.clearTimeout(timer)
    // While a block is open the step must run out although text goes on coming, so `closed` is read but not waited for.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, language, isMissing, open, open ? lines.length : closed])

  useEffect(() => () => void listeners.delete(key), [key])
  useEffect(() => {
    if (!open && language !== null && lines.length >= wanted) remember(content, lines)
  }, [open, language, lines, wanted, content])
  return lines
}
