// The button, in four weights: at most one filled one stands on a surface; danger is for the inside of a confirmation.
import type { ComponentPropsWithRef } from "react"
import { cx } from "./cx.ts"

const weights = {
  filled: "bg-accent text-on-accent hover:brightness-110 font-medium",
  plain: "border border-line bg-raised text-text hover:border-line-strong",
  quiet: "text-text-2 hover:bg-raised hover:text-text",
  danger: "bg-danger text-on-danger hover:brightness-110 font-medium",
} as const

interface ButtonProps extends ComponentPropsWithRef<"button"> {
  readonly weight?: keyof typeof weights
}

export const Button = ({ weight = "plain", className, ...rest }: ButtonProps) => (
  <button
    type="button"
    {...rest}
    className={cx(
      "inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-control px-2.5 text-ui whitespace-nowrap transition-colors duration-90",
      "disabled:cursor-default disabled:border-line disabled:bg-transparent disabled:text-text-3 disabled:hover:bg-transparent coarse:h-11 coarse:px-4",
      weights[weight],
      className,
    )}
  />
)
