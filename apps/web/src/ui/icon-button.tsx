// A button of one icon; its name is what a screen reader says and what the tooltip shows.
import type { LucideIcon } from "lucide-react"
import type { ComponentPropsWithRef } from "react"
import { cx } from "./cx.ts"

interface IconButtonProps extends ComponentPropsWithRef<"button"> {
  readonly icon: LucideIcon
  readonly name: string
  /** Shown in the tooltip beside the name. */
  readonly keys?: string
}

export const IconButton = ({ icon: Icon, name, keys, className, ...rest }: IconButtonProps) => (
  <button
    type="button"
    aria-label={name}
    title={keys === undefined ? name : `${name} (${keys})`}
    {...rest}
    className={cx(
      "inline-flex size-7 shrink-0 items-center justify-center rounded-control text-text-2 transition-colors duration-90 hover:bg-raised hover:text-text",
      "disabled:cursor-default disabled:text-text-3 disabled:hover:bg-transparent coarse:size-11",
      className,
    )}
  >
    <Icon size={15} strokeWidth={1.75} aria-hidden />
  </button>
)
