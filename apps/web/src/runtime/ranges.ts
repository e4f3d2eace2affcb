// How far back the chart looks: the stretches that the server keeps.
import type { MemoryRange } from "@corral/contracts/memory-past"

const minute = 60_000

export const ranges: readonly { readonly range: MemoryRange; readonly name: string; readonly words: string; readonly millis: number }[] = [
  { range: "10m", name: "10 min", words: "last 10 minutes", millis: 10 * minute },
  { range: "1h", name: "1 h", words: "last hour", millis: 60 * minute },
  { range: "24h", name: "24 h", words: "last 24 hours", millis: 24 * 60 * minute },
]

export const rangeOf = (text: unknown): MemoryRange => ranges.find(({ range }) => range === text)?.range ?? "10m"
