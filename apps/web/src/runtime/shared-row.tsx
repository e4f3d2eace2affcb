// What a session's processes hold together, so that the figures of the rows above add up to that of the session.
import { formatBytes } from "../ui/format-bytes.ts"
import type { SeenTree } from "./seen-tree.ts"
import { columns } from "./tree-columns.ts"

/** Less is a matter of rounding, and not worth a row. */
const worthTelling = 1_000_000

export const SharedRow = ({ tree }: { readonly tree: SeenTree }) => {
  const shared = tree.memoryBytes - tree.processes.reduce((sum, process) => sum + process.memoryBytes, 0)
  if (shared < worthTelling) return null
  return (
    <div
      role="row"
      tabIndex={0}
      aria-level={2}
      className={`focus-inset numbers flex min-h-6.5 flex-wrap items-center gap-x-3 px-4 text-sec text-text-3 wide:grid ${columns}`}
    >
      <span role="gridcell" className="min-w-0 flex-1 basis-24 truncate pl-10">
        shared files
      </span>
      <span role="gridcell" className="hidden min-w-0 truncate text-meta wide:block">
        counted once, however many use them
      </span>
      <span role="gridcell" className="hidden wide:block" />
      <span role="gridcell" className="text-right">
        {formatBytes(shared)}
      </span>
      <span role="gridcell" className="hidden wide:block" />
      <span role="gridcell" className="hidden wide:block" />
      <span role="gridcell" className="hidden wide:block" />
    </div>
  )
}
