// Chooses how far back the chart looks; each choice is an address of its own.
import { Link as RouteLink } from "@tanstack/react-router"
import type { MemoryRange } from "@corral/contracts/memory-past"
import type { PlaceOnPage } from "./place-on-page.ts"
import { ranges } from "./ranges.ts"

export const RangeSwitch = ({ chosen, place }: { readonly chosen: MemoryRange; readonly place: PlaceOnPage }) => (
  <nav aria-label="How far back" className="flex gap-0.5 rounded-control bg-raised p-0.5">
    {ranges.map(({ range, name }) => (
      <RouteLink
        key={range}
        to="/processes"
        search={place({ range })}
        activeOptions={{ exact: true }}
        aria-current={range === chosen ? "page" : undefined}
        className="numbers inline-flex h-6 items-center rounded-chip px-2 text-sec text-text-2 aria-[current]:bg-surface aria-[current]:text-text coarse:h-11"
      >
        {name}
      </RouteLink>
    ))}
  </nav>
)
