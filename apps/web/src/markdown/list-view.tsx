// A list of markdown, nested lists and tasks included; what is inside an item is drawn by whoever draws blocks.
import type { ReactNode } from "react"
import type { Token, Tokens } from "marked"
import { cx } from "../ui/cx.ts"

interface ListProps {
  readonly list: Tokens.List
  readonly open: boolean
  readonly inside: (tokens: readonly Token[], open: boolean) => ReactNode
}

export const ListView = ({ list, open, inside }: ListProps) => {
  const items = list.items.map((item, index) => (
    <li key={index} className={cx("pl-1 marker:text-text-3 [&>p]:my-1", item.task && "-ml-5 list-none")}>
      {inside(item.tokens, open && index === list.items.length - 1)}
    </li>
  ))
  if (!list.ordered) return <ul className="my-2 list-disc space-y-1 pl-6">{items}</ul>
  return (
    <ol className="my-2 list-decimal space-y-1 pl-7" start={list.start === "" ? 1 : list.start}>
      {items}
    </ol>
  )
}
