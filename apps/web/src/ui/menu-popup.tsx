// The menu itself, opened by a button that is not its own: Base UI gives keys, focus and place.
import { Menu as Base } from "@base-ui/react/menu"
import { Check } from "lucide-react"
import type { ReactNode, RefObject } from "react"
import { cx } from "./cx.ts"
import type { MenuEntry, MenuSection } from "./menu.tsx"

interface MenuPopupProps {
  readonly name: string
  readonly sections: readonly MenuSection[]
  readonly head: ReactNode
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly anchor: RefObject<HTMLButtonElement | null>
}

export const MenuPopup = ({ name, sections, head, open, onOpenChange, anchor }: MenuPopupProps) => (
  <Base.Root
    open={open}
    modal={false}
    onOpenChange={(next, details) => {
      // A press on the button that opened it is the button's to answer, or the menu would close and open again.
      if (details.reason === "outside-press" && isInside(anchor.current, details.event.target)) return
      onOpenChange(next)
    }}
  >
    <Base.Portal>
      <Base.Positioner anchor={anchor} sideOffset={6} collisionPadding={8} align="start" className="z-40">
        <Base.Popup
          aria-label={name}
          finalFocus={anchor}
          className="rise max-h-[min(26rem,var(--available-height))] max-w-[min(22rem,calc(100vw-16px))] min-w-52 overflow-y-auto rounded-panel border border-line bg-overlay p-1 shadow-float outline-none"
        >
          {head !== undefined && <div className="border-b border-line px-2.5 py-2 text-sec text-text-2">{head}</div>}
          {sections.map((section, index) => (
            <Base.Group key={index} className={cx(index > 0 && "mt-1 border-t border-line pt-1")}>
              {section.label !== undefined && (
                <Base.GroupLabel className="px-2.5 py-1 text-meta text-text-3">{section.label}</Base.GroupLabel>
              )}
              {section.entries.map((entry) => (
                <Entry key={entry.key} entry={entry} />
              ))}
            </Base.Group>
          ))}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)

const isInside = (outer: Element | null, target: EventTarget | null): boolean => target instanceof Node && outer?.contains(target) === true

const Entry = ({ entry }: { readonly entry: MenuEntry }) => (
  <Base.Item
    disabled={entry.disabled ?? false}
    onClick={entry.run}
    className={cx(
      "flex min-h-8 cursor-pointer items-center gap-2.5 rounded-control px-2.5 py-1 text-ui outline-none select-none data-[highlighted]:bg-raised coarse:min-h-11",
      entry.disabled ? "cursor-default text-text-3" : entry.danger === true ? "text-danger" : "text-text",
    )}
  >
    <Mark entry={entry} />
    <span className="min-w-0 flex-1">
      <span className="block">{entry.label}</span>
      {entry.note !== undefined && <span className="block text-meta text-text-3">{entry.note}</span>}
    </span>
    {entry.keys !== undefined && <span className="text-meta text-text-3 coarse:hidden">{entry.keys}</span>}
    {entry.chosen === true && <span className="sr-only">(chosen)</span>}
  </Base.Item>
)

const Mark = ({ entry: { icon: Icon, chosen } }: { readonly entry: MenuEntry }) => {
  if (Icon !== undefined) return <Icon size={15} strokeWidth={1.75} aria-hidden className="shrink-0 text-text-3" />
  if (chosen === undefined) return null
  return <Check size={14} strokeWidth={2} aria-hidden className={cx("shrink-0 text-accent-text", !chosen && "invisible")} />
}
