// A survey that found nobody, and when that was seen.
import { SecondsAgo } from "../ui/ago.tsx"

export const NobodyFound = ({ at, isOld }: { readonly at: number; readonly isOld: boolean }) => (
  <section aria-label="Nobody found" className="flex flex-col items-center gap-2 rounded-panel border border-line px-6 py-14 text-center">
    <h2 className="text-title font-semibold">{isOld ? "Who runs now is unknown" : "No coding agent and no MCP server runs here"}</h2>
    <p className="text-text-2">Those of Corral and those of others are looked for, by the names of their programs.</p>
    <p className="numbers text-sec text-text-3">
      {isOld ? "Last seen to be none" : "Seen"} <SecondsAgo at={at} />
    </p>
  </section>
)
