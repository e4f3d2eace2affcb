// One agent or MCP server: who it is, whose and on what evidence, how old, what it holds with all below it, and a box to choose it.
import { Link as RouteLink } from "@tanstack/react-router"
import type { Found } from "@corral/contracts/survey"
import type { ThreadId } from "@corral/contracts/ids"
import { counted } from "../ui/counted.ts"
import { cx } from "../ui/cx.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatDuration, formatFull } from "../ui/format-time.ts"
import { columns } from "./columns.ts"
import { evidenceWords, ownerWords } from "./owner-words.ts"
import { isChoosable } from "./selection.ts"

/** Deeper than this the indent stays, or the name would have no room. */
const drawnDepth = 4

export interface FoundRowProps {
  readonly found: Found
  readonly depth: number
  /** When this was seen. */
  readonly at: number
  /** The thread of this home that it serves. */
  readonly thread: { readonly threadId: ThreadId; readonly title: string } | null
  readonly isChosen: boolean
  /** A chosen one above it: it ends with that. */
  readonly covered: Found | null
  readonly onChoose: (isChosen: boolean) => void
}

export const FoundRow = ({ found, depth, at, thread, isChosen, covered, onChoose }: FoundRowProps) => {
  const isMarked = isChosen || covered !== null
  return (
    <div
      role="row"
      className={cx(
        "numbers flex min-h-11 flex-wrap items-start gap-x-3 border-t border-line px-4 py-2 first:border-0 wide:grid wide:items-center wide:py-1.5",
        columns,
        isMarked && "bg-raised",
      )}
    >
      <span role="cell" className="flex w-4 shrink-0 justify-center coarse:-my-3 coarse:w-6">
        <Choice found={found} isChosen={isMarked} covered={covered} onChoose={onChoose} />
      </span>
      <Name found={found} depth={depth} />
      <span role="cell" className="order-1 min-w-0 basis-full pl-7 coarse:pl-9 wide:order-none wide:pl-0">
        <Whose found={found} thread={thread} />
      </span>
      <code
        role="cell"
        title={found.command}
        className="order-3 min-w-0 basis-full truncate pl-7 text-meta text-text-3 coarse:pl-9 wide:order-none wide:pl-0"
      >
        {found.command}
      </code>
      <Facts found={found} at={at} />
      <span role="cell" className="shrink-0 text-right font-medium">
        {formatBytes(found.memoryBytes)}
      </span>
    </div>
  )
}

const Name = ({ found, depth }: Pick<FoundRowProps, "found" | "depth">) => (
  <span role="cell" className="flex min-w-0 flex-1 items-baseline gap-2" style={{ paddingLeft: `${Math.min(depth, drawnDepth) * 0.9}rem` }}>
    {depth > 0 && (
      <span aria-hidden className="-mr-0.5 font-mono text-text-3">
        └
      </span>
    )}
    <span className="truncate font-medium">{found.name}</span>
    {found.kind === "mcp" && <span className="shrink-0 rounded-chip border border-line px-1 text-meta text-text-2">MCP</span>}
  </span>
)

const Facts = ({ found, at }: Pick<FoundRowProps, "found" | "at">) => (
  <>
    <span role="cell" className="order-2 pl-7 text-sec text-text-3 coarse:pl-9 wide:order-none wide:pl-0 wide:text-right wide:text-text-2">
      <span className="wide:hidden">pid </span>
      {found.pid}
    </span>
    <span
      role="cell"
      title={`since ${formatFull(found.startedAt)}`}
      className="order-2 text-sec text-text-3 wide:order-none wide:text-right wide:text-text-2"
    >
      {formatDuration(Math.max(0, at - found.startedAt))}
    </span>
    <span
      role="cell"
      aria-label={counted(found.pids.length, "process", "processes")}
      className="order-2 text-sec text-text-3 wide:order-none wide:text-right wide:text-text-2"
    >
      {found.pids.length}
      <span className="wide:hidden"> proc</span>
    </span>
  </>
)

const Choice = ({ found, isChosen, covered, onChoose }: Pick<FoundRowProps, "found" | "isChosen" | "covered" | "onChoose">) => {
  if (!isChoosable(found)) return null
  return (
    <label
      title={covered === null ? undefined : `Ends with ${covered.name}, pid ${covered.pid}`}
      className="inline-flex items-center justify-center coarse:size-11"
    >
      <input
        type="checkbox"
        data-choice
        aria-label={`Choose ${found.name}, pid ${found.pid}`}
        checked={isChosen}
        disabled={covered !== null}
        onChange={(event) => onChoose(event.target.checked)}
        className="size-3.5 accent-accent coarse:size-5"
      />
    </label>
  )
}

const Whose = ({ found, thread }: Pick<FoundRowProps, "found" | "thread">) => (
  <>
    <span className={cx("block truncate", found.owner.kind === "orphan" ? "text-danger" : "text-text-2")} title={ownerWords(found)}>
      {thread === null ? (
        ownerWords(found)
      ) : (
        <RouteLink to="/thread/$threadId" params={{ threadId: thread.threadId }} className="text-accent-text underline underline-offset-2">
          {thread.title}
        </RouteLink>
      )}
    </span>
    <span className="block truncate text-meta text-text-3" title={evidenceWords(found.owner)}>
      {evidenceWords(found.owner)}
    </span>
    {thread === null && found.owner.next !== null && <code className="block text-meta break-words text-text-3">{found.owner.next}</code>}
  </>
)
