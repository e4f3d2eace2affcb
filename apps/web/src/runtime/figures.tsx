// The five numbers over the page: sessions, processes, memory held, strays, memory given back today.
import { Check, TriangleAlert } from "lucide-react"
import type { Certificate } from "@corral/contracts/certificate"
import type { Processes } from "@corral/contracts/tree"
import { SecondsAgo } from "../ui/ago.tsx"
import { useMinutes } from "../ui/clock.ts"
import { counted } from "../ui/counted.ts"
import { Figure } from "../ui/figure.tsx"
import { formatBytes, quantityOfBytes } from "../ui/format-bytes.ts"
import { formatMoment } from "../ui/format-time.ts"
import { claimOf, claimTones, strayClaim, type Claim } from "./claims.ts"

interface FiguresProps {
  readonly seen: Processes
  /** What is shown was seen a while ago: nothing can be seen now. */
  readonly isBlind: boolean
  readonly certificates: readonly Certificate[]
}

export const Figures = ({ seen, isBlind, certificates }: FiguresProps) => {
  const now = useMinutes()
  const processes = seen.trees.reduce((sum, tree) => sum + tree.processes.length, 0)
  const heldBytes = seen.trees.reduce((sum, tree) => sum + tree.memoryBytes, 0)
  const held = quantityOfBytes(heldBytes)
  const holding = claimOf(heldBytes, isBlind, held.number)
  const back = reclaimedToday(certificates)
  const freed = quantityOfBytes(back.bytes)
  const asOf = isBlind ? `as of ${formatMoment(seen.checkedAt, now)}` : null
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-panel border border-line bg-line gap-px desk:grid-cols-5 *:bg-surface">
      <Figure name="Sessions" {...shownAs(claimOf(seen.trees.length, isBlind))} note={asOf} />
      <Figure name="Processes" {...shownAs(claimOf(processes, isBlind))} note={asOf ?? `looking took ${Math.round(seen.lookMillis)} ms`} />
      <Figure
        name="Memory held"
        {...shownAs(holding)}
        {...(holding.number === held.number && { unit: held.unit })}
        note={asOf ?? `of ${formatBytes(seen.machine.totalBytes)}`}
      >
        {!isBlind && <Meter share={heldBytes / seen.machine.totalBytes} />}
      </Figure>
      <Strays seen={seen} isBlind={isBlind} asOf={asOf} />
      <Figure
        name="Given back today"
        number={freed.number}
        unit={freed.unit}
        note={counted(back.stops, "stop")}
        className="col-span-2 desk:col-span-1"
      />
    </dl>
  )
}

const shownAs = ({ number, tone }: Claim) => ({ number, ...(tone !== null && { tone: claimTones[tone] }) })

const Meter = ({ share }: { readonly share: number }) => (
  <span aria-hidden className="inline-block h-1 w-14 overflow-hidden rounded-full bg-raised">
    <span className="block h-full bg-live" style={{ width: `${Math.min(100, Math.max(share > 0 ? 2 : 0, share * 100))}%` }} />
  </span>
)

// "0 strays" is a claim, so it says when it was checked; a look that failed proves nothing and is never shown as 0.
const Strays = ({ seen, isBlind, asOf }: { readonly seen: Processes; readonly isBlind: boolean; readonly asOf: string | null }) => {
  const claim = strayClaim(seen, isBlind)
  const checked = asOf ?? (
    <span>
      checked <SecondsAgo at={seen.checkedAt} />
    </span>
  )
  const note = claim.tone === "attention" && !isBlind ? "the last look failed in part" : checked
  return <Figure name={<Named icon={claim.tone === "ok" ? Check : TriangleAlert}>Strays</Named>} {...shownAs(claim)} note={note} />
}

const Named = ({ icon: Icon, children }: { readonly icon: typeof Check; readonly children: string }) => (
  <>
    <Icon size={13} strokeWidth={2} aria-hidden />
    {children}
  </>
)

// Only what certificates prove: memory seen before, tree empty after.
const reclaimedToday = (certificates: readonly Certificate[]): { readonly bytes: number; readonly stops: number } => {
  const midnight = new Date().setHours(0, 0, 0, 0)
  const proved = certificates.filter((one) => one.endedAt >= midnight && one.outcome === "gone" && one.left === 0)
  return { bytes: proved.reduce((sum, one) => sum + one.freedBytes, 0), stops: proved.length }
}
