// A figure: what was promised, what was reached, and how busy the machine was while it was measured.
import { loadavg } from "node:os"

export interface Figure {
  readonly name: string
  readonly unit: string
  readonly reached: number
  /** Promised: at most, or at least. */
  readonly target: { readonly most: number } | { readonly least: number }
  /** How it was measured, where the name does not say it: counts, spread. */
  readonly note: string
}

export interface Measured extends Figure {
  readonly isHeld: boolean
  /** The machine's load average over the last minute, at the end of the measurement. */
  readonly load: number
}

export const measured = (figure: Figure): Measured => ({ ...figure, isHeld: holds(figure), load: round(loadavg()[0] ?? Number.NaN) })

export const most = (most: number) => ({ most })
export const least = (least: number) => ({ least })

const holds = ({ reached, target }: Figure): boolean => ("most" in target ? reached <= target.most : reached >= target.least)

/** Three digits that mean something. */
export const round = (value: number): number => (value === 0 || !Number.isFinite(value) ? value : Number(value.toPrecision(3)))

/** `share` 0.5 is the median, 1 the worst. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

export const spread = (values: readonly number[], unit: string): string =>
  `${values.length} times: p50 ${round(quantile(values, 0.5))}, p95 ${round(quantile(values, 0.95))}, worst ${round(quantile(values, 1))} ${unit}`
