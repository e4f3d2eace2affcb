// A survey in numbers, and in one sentence.
import type { Survey } from "@corral/contracts/survey"
import { counted } from "../ui/counted.ts"
import { formatBytes } from "../ui/format-bytes.ts"

export interface Summary {
  readonly agents: number
  readonly servers: number
  readonly orphans: number
}

export const summaryOf = ({ found }: Pick<Survey, "found">): Summary => ({
  agents: found.filter(({ kind }) => kind === "agent").length,
  servers: found.filter(({ kind }) => kind === "mcp").length,
  orphans: found.filter(({ owner }) => owner.kind === "orphan").length,
})

/** 7 coding agents and 12 MCP servers use 3.1 GB; 4 look orphaned. Null: there is none. */
export const summaryWords = (survey: Pick<Survey, "found" | "memoryBytes">): string | null => {
  const { agents, servers, orphans } = summaryOf(survey)
  if (agents + servers === 0) return null
  const who = [agents > 0 && counted(agents, "coding agent"), servers > 0 && counted(servers, "MCP server")].filter(
    (part) => part !== false,
  )
  const use = agents + servers === 1 ? "uses" : "use"
  const lost = orphans === 0 ? "" : `; ${orphans} ${orphans === 1 ? "looks" : "look"} orphaned`
  return `${who.join(" and ")} ${use} ${formatBytes(survey.memoryBytes)}${lost}.`
}
