// The browser's tab tells who needs the person: the title, and the icon's colour.
import { useEffect } from "react"
import { useLink } from "../link/link.ts"
import { noLists } from "../link/thread-lists.ts"
import { useKey } from "../link/use-key.ts"
import { foremost, statusOf, type Status } from "../thread/status.ts"
import { themes } from "../styles/tokens.ts"
import { useThreadParam } from "./use-thread-param.ts"

const marks: Readonly<Record<Status, string>> = { needs: "◆", trouble: "▲", working: "◉", done: "●", moving: "◌", idle: "", asleep: "" }
/** The icon stands on the browser's own ground, light or dark: the middle tones of both themes serve. */
const colours: Readonly<Record<Status, string>> = {
  needs: themes.dark.attention,
  trouble: themes.light.danger,
  working: themes.light.live,
  done: themes.light.done,
  moving: themes.light.live,
  idle: themes.light.idle,
  asleep: themes.light.idle,
}

export const usePageTitle = (): void => {
  const { shell } = useLink()
  const lists = useKey(shell.lists, "lists") ?? noLists
  const title = useKey(shell.threads, useThreadParam())?.title ?? "Corral"
  const all = lists.order.flatMap((one) => shell.threads.get(one) ?? []).map((summary) => statusOf(summary, false).status)
  const status = foremost(all)
  useEffect(() => {
    const count = all.filter((one) => one === status).length
    const mark = marks[status] === "" ? "" : `${marks[status]} ${status === "needs" ? `${count} · ` : ""}`
    document.title = `${mark}${title}`
  })
  useEffect(() => paintIcon(colours[status]), [status])
}

const paintIcon = (colour: string): void => {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect x="1" y="1" width="14" height="14" rx="3.5" fill="none" stroke="${colour}" stroke-width="1.5"/><rect x="5" y="5" width="6" height="6" rx="1.5" fill="${colour}"/></svg>`
  if (icon !== null) icon.href = `data:image/svg+xml,${encodeURIComponent(svg)}`
}
