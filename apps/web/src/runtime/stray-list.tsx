// Processes that outlived their session: shown only when there are any, each by pid and command.
import type { Stray } from "@corral/contracts/tree"
import { SecondsAgo } from "../ui/ago.tsx"
import { counted } from "../ui/counted.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { SweepButton } from "./sweep-button.tsx"

export const StrayList = ({ strays }: { readonly strays: readonly Stray[] }) => {
  if (strays.length === 0) return null
  return (
    <section aria-label="Strays" className="rounded-panel border border-danger">
      <header className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
        <h2 className="flex-1 font-semibold text-danger">▲ {counted(strays.length, "stray")}</h2>
        <SweepButton label={strays.length === 1 ? "End it" : "End them"} />
      </header>
      <ul>
        {strays.map((stray) => (
          <li key={`${stray.pid}.${stray.startedAt}`} className="numbers flex flex-wrap items-baseline gap-x-3 px-4 py-1.5 text-sec">
            <code className="min-w-0 flex-1 basis-40 truncate text-text" title={stray.command}>
              {stray.command}
            </code>
            <span className="text-text-3">
              pid {stray.pid} · started <SecondsAgo at={stray.startedAt} />
            </span>
            <span className="text-text-2">{formatBytes(stray.memoryBytes)}</span>
          </li>
        ))}
      </ul>
      <p className="border-t border-line px-4 py-2 text-sec text-text-3">
        They bear the mark of a session of Corral that is over. A sweep ends exactly these, each checked again by pid and start time.
      </p>
    </section>
  )
}
