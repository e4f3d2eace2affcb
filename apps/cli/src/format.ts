// Numbers and times as people read them. Dates are local.
import type { Heavy } from "@corral/contracts/runtime"

const units = ["B", "kB", "MB", "GB", "TB"]

export function bytes(count: number): string {
  let value = count
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** The two largest parts: `3 d 4 h`, `12 min 5 s`, `1.4 s`, `180 ms`. */
export function span(millis: number): string {
  if (millis < 950) return `${Math.max(0, Math.round(millis))} ms`
  const seconds = millis / 1_000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return parts([Math.floor(whole / 60), "min"], [whole % 60, "s"])
  if (whole < 86_400) return parts([Math.floor(whole / 3_600), "h"], [Math.floor((whole % 3_600) / 60), "min"])
  return parts([Math.floor(whole / 86_400), "d"], [Math.floor((whole % 86_400) / 3_600), "h"])
}

type Part = readonly [count: number, unit: string]

function parts(large: Part, small: Part): string {
  return [large, small].flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}`])).join(" ")
}

/** `2026-11-22 14:03:09`, local time. */
export function time(millis: number): string {
  const date = new Date(millis)
  const two = (value: number) => String(value).padStart(2, "0")
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

const unitMillis: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `90s`, `30m`, `2h`, `1d`, `1h30m`; undefined where it is none. */
export function parseSpan(text: string): number | undefined {
  const found = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)]
  if (found.length === 0 || found.map(([whole]) => whole).join("") !== text) return undefined
  return found.reduce((sum, [, count, unit]) => sum + Number(count) * (unitMillis[unit ?? ""] ?? 0), 0)
}

/** One line of at most `width` characters; what is cut is marked. */
export function clip(text: string, width: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim()
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`
}

/** What a session holds, and when it is stopped for it. */
export function heavyWords({ bytes: held, limitBytes, endsAt }: Heavy): string {
  const end = endsAt === null ? "" : `; stopped in ${span(endsAt - Date.now())}`
  return `holds ${bytes(held)} where ${bytes(limitBytes)} is the most${end}`
}
