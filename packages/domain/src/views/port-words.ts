// The ports that a process listens on, in words; empty where there are none, or none are known.

/** More say nothing to a reader; all are in the JSON. */
const shownPorts = 4

export const portWords = (ports: readonly number[] = []): string => {
  if (ports.length === 0) return ""
  const shown = ports.slice(0, shownPorts).join(", ")
  const rest = ports.length > shownPorts ? ` and ${ports.length - shownPorts} more` : ""
  return `${ports.length === 1 ? "port" : "ports"} ${shown}${rest}`
}
