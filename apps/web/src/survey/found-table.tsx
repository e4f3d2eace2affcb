// The found of one kind of owner, as rows; up and down move from box to box.
import type { KeyboardEvent } from "react"
import type { SurveyHere } from "@corral/contracts/rpc"
import { Button } from "../ui/button.tsx"
import { cx } from "../ui/cx.ts"
import { columns } from "./columns.ts"
import type { FoundGroup } from "./found-groups.ts"
import { FoundRow } from "./found-row.tsx"
import { coveredBy, isChoosable, keyOf } from "./selection.ts"

interface FoundTableProps {
  readonly group: FoundGroup
  readonly survey: SurveyHere
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (keys: readonly string[], isChosen: boolean) => void
}

export const FoundTable = ({ group, survey, chosen, onChoose }: FoundTableProps) => {
  const isOrphans = group.key === "orphans"
  const choosable = group.lines.filter(({ found, depth }) => depth === 0 && isChoosable(found)).map(({ found }) => keyOf(found))
  const isAllChosen = choosable.every((key) => chosen.has(key))
  return (
    <section aria-label={group.title} className={cx("overflow-hidden rounded-panel border", isOrphans ? "border-danger" : "border-line")}>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2">
        <h2 className={cx("font-semibold", isOrphans && "text-danger")}>
          {isOrphans && <span aria-hidden>▲ </span>}
          {group.title}
        </h2>
        <p className="min-w-0 flex-1 basis-full text-sec text-text-3 desk:basis-60">{group.note}</p>
        {isOrphans && choosable.length > 1 && (
          <Button weight="quiet" className="-ml-2.5 coarse:-ml-4 desk:ml-0" onClick={() => onChoose(choosable, !isAllChosen)}>
            {isAllChosen ? "Choose none" : "Choose all"}
          </Button>
        )}
      </header>
      <div role="table" aria-label={group.title} onKeyDown={moveByArrows}>
        <div role="row" className={cx("hidden px-4 pt-1.5 text-meta text-text-3 wide:grid", columns)}>
          {heads.map(([name, style]) => (
            <span key={name} role="columnheader" className={style}>
              {name === "Choose" ? <span className="sr-only">{name}</span> : name}
            </span>
          ))}
        </div>
        <div role="rowgroup">
          {group.lines.map(({ found, depth }) => (
            <FoundRow
              key={keyOf(found)}
              found={found}
              depth={depth}
              at={survey.checkedAt}
              thread={survey.threads.find(({ session }) => session === found.owner.session) ?? null}
              isChosen={chosen.has(keyOf(found))}
              covered={coveredBy(found, survey.found, chosen)}
              onChoose={(isChosen) => onChoose([keyOf(found)], isChosen)}
            />
          ))}
        </div>
      </div>
    </section>
  )
}

const heads = [
  ["Choose", ""],
  ["What", ""],
  ["Whose, and how that is known", ""],
  ["Command", ""],
  ["Pid", "text-right"],
  ["Age", "text-right"],
  ["Procs", "text-right"],
  ["Memory", "text-right"],
] as const

/** Over all tables of the page: who reads a list by keys does not care where a group ends. */
const moveByArrows = (event: KeyboardEvent): void => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const boxes = [...document.querySelectorAll<HTMLInputElement>("input[data-choice]:enabled")]
  const next = boxes[boxes.findIndex((box) => box === event.target) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
