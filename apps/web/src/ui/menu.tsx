// A button that opens a menu. The menu's machinery is fetched when a hand comes near, so the first screen does not carry it.
import { lazy, Suspense, useRef, useState, type ReactNode, type RefObject } from "react"
import type { LucideIcon } from "lucide-react"

const load = () => import("./menu-popup.tsx").then((module) => ({ default: module.MenuPopup }))
const MenuPopup = lazy(load)

/** One line of a menu. `chosen` undefined: an act, not a choice. */
export interface MenuEntry {
  readonly key: string
  readonly label: string
  readonly note?: string | undefined
  readonly keys?: string | undefined
  readonly icon?: LucideIcon | undefined
  readonly chosen?: boolean | undefined
  readonly danger?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly run: () => void
}
export interface MenuSection {
  readonly label?: string | undefined
  readonly entries: readonly MenuEntry[]
}

export interface TriggerProps {
  readonly ref: RefObject<HTMLButtonElement | null>
  readonly "aria-haspopup": "menu"
  readonly "aria-expanded": boolean
  readonly onClick: () => void
  readonly onPointerEnter: () => void
  readonly onFocus: () => void
}

interface MenuProps {
  readonly name: string
  readonly sections: readonly MenuSection[]
  readonly trigger: (props: TriggerProps) => ReactNode
  /** Something to read above the entries, such as what a change will cost. */
  readonly head?: ReactNode
}

export const Menu = ({ name, sections, trigger, head }: MenuProps) => {
  const [isOpen, setOpen] = useState(false)
  const [isWanted, setWanted] = useState(false)
  const ref = useRef<HTMLButtonElement>(null)
  const prepare = (): void => void load()
  const toggle = (): void => {
    setWanted(true)
    setOpen(!isOpen)
  }
  return (
    <>
      {trigger({ ref, "aria-haspopup": "menu", "aria-expanded": isOpen, onClick: toggle, onPointerEnter: prepare, onFocus: prepare })}
      {isWanted && (
        <Suspense>
          <MenuPopup name={name} sections={sections} head={head} open={isOpen} onOpenChange={setOpen} anchor={ref} />
        </Suspense>
      )}
    </>
  )
}
