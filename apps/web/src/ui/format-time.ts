// Times and durations for people: short, in one unit or two, never with more precision than is known.

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** 41 ms, 12.4 s, 2m 14s, 30m, 1h 02m, 3d 4h. */
export const formatDuration = (millis: number): string => {
  if (millis < second) return `${Math.max(0, Math.round(millis))} ms`
  if (millis < minute) return `${(millis / second).toFixed(millis < 10 * second ? 1 : 0)} s`
  if (millis % minute === 0 && millis < hour) return `${millis / minute}m`
  if (millis < hour) return `${Math.floor(millis / minute)}m ${pad(Math.floor((millis % minute) / second))}s`
  if (millis < day) return `${Math.floor(millis / hour)}h ${pad(Math.floor((millis % hour) / minute))}m`
  return `${Math.floor(millis / day)}d ${Math.floor((millis % day) / hour)}h`
}

/** 0:14, 8:58, 1:02:03: a running clock. */
export const formatClock = (millis: number): string => {
  const seconds = Math.max(0, Math.floor(millis / second))
  const rest = `${Math.floor(seconds / 60) % 60}:${pad(seconds % 60)}`
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest.padStart(5, "0")}`
}

/** now, 4m, 9h, 3d: how long ago, for a narrow column. */
export const formatAge = (millis: number): string => {
  if (millis < minute) return "now"
  if (millis < hour) return `${Math.floor(millis / minute)}m`
  if (millis < day) return `${Math.floor(millis / hour)}h`
  return `${Math.floor(millis / day)}d`
}

/** 14:02:31 of the person's own day. */
export const formatTimeOfDay = (at: number): string => new Date(at).toLocaleTimeString("en-GB")

/** 14:02, or with its date when it was another day. */
export const formatMoment = (at: number, now: number): string => {
  const moment = new Date(at)
  const time = moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
  if (moment.toDateString() === new Date(now).toDateString()) return time
  return `${moment.toLocaleDateString("en-GB", { day: "numeric", month: "short" })} ${time}`
}

export const formatFull = (at: number): string => new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" })

const pad = (value: number): string => String(value).padStart(2, "0")
