// How long ago, with the full time in the tooltip.
import { useMinutes, useSeconds } from "./clock.ts"
import { formatAge, formatDuration, formatFull } from "./format-time.ts"

const minuteMillis = 60_000

export const Age = ({ at }: { readonly at: number }) => {
  const now = useMinutes()
  return (
    <time dateTime={new Date(at).toISOString()} title={formatFull(at)} className="numbers">
      {formatAge(now - at)}
    </time>
  )
}

/** To the second while young: for what must be fresh to be believed. */
export const SecondsAgo = ({ at }: { readonly at: number }) => {
  const now = useSeconds()
  const millis = Math.max(0, now - at)
  return (
    <time dateTime={new Date(at).toISOString()} title={formatFull(at)} className="numbers">
      {millis < minuteMillis ? `${Math.floor(millis / 1000)} s ago` : `${formatDuration(millis)} ago`}
    </time>
  )
}
