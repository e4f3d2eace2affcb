// The colours of the sessions, in the chart and beside their rows: six at most, and grey for what comes after them.
const seriesColours = ["live", "done", "plan", "attention", "danger", "ok"] as const

export const colouredSessions = seriesColours.length

export const colourOf = (index: number): string => `var(--${seriesColours[index] ?? "idle"})`
