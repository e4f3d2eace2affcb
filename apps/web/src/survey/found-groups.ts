// Who was found, by who owns them: likely orphans first, Corral's own last; each followed by what is below it.
import type { Found, Owner } from "@corral/contracts/survey"

export interface FoundLine {
  readonly found: Found
  readonly depth: number
}

export interface FoundGroup {
  readonly key: string
  readonly title: string
  readonly note: string
  readonly lines: readonly FoundLine[]
}

const groups: readonly (Omit<FoundGroup, "lines"> & { readonly kinds: readonly Owner["kind"][] })[] = [
  {
    key: "orphans",
    title: "Likely orphans",
    note: "Whoever started them is gone, so they are likely strays. A daemon that somebody wanted looks the same.",
    kinds: ["orphan"],
  },
  { key: "terminals", title: "In terminals", note: "", kinds: ["terminal", "multiplexer", "ssh"] },
  { key: "editors", title: "In editors", note: "", kinds: ["editor"] },
  { key: "services", title: "In services", note: "", kinds: ["service"] },
  { key: "apps", title: "Started by other programs", note: "", kinds: ["app", "agent"] },
  {
    key: "corral",
    title: "Corral's own",
    note: "They are stopped with a certificate: on the Processes page, or by the command that is named.",
    kinds: ["corral"],
  },
]

/** Without groups that are empty. The heaviest first in each. */
export const groupsOf = (all: readonly Found[]): readonly FoundGroup[] => {
  const pids = new Set(all.map(({ pid }) => pid))
  const isRoot = ({ pid, within }: Found): boolean => within === null || within === pid || !pids.has(within)
  const heaviestFirst = all.toSorted((one, other) => other.memoryBytes - one.memoryBytes)
  const below = (found: Found, depth: number): readonly FoundLine[] => [
    { found, depth },
    ...heaviestFirst.filter(({ pid, within }) => within === found.pid && pid !== within).flatMap((child) => below(child, depth + 1)),
  ]
  return groups.flatMap(({ kinds, ...group }) => {
    const roots = heaviestFirst.filter((found) => isRoot(found) && kinds.includes(found.owner.kind))
    return roots.length === 0 ? [] : [{ ...group, lines: roots.flatMap((root) => below(root, 0)) }]
  })
}
