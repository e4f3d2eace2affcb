// How the line stands, when it does not: silent for two seconds, then one slim bar that leaves by itself.
import { RefreshCw } from "lucide-react"
import { useEffect, useRef, useState, type ReactNode } from "react"
import type { ConnectionState } from "@corral/client/state"
import { useConnection } from "../link/use-connection.ts"
import { useLink } from "../link/link.ts"
import { useStatus } from "../link/use-status.ts"
import { useSeconds } from "../ui/clock.ts"
import { cx } from "../ui/cx.ts"
import { heldWords } from "./held-words.ts"

const silentMillis = 2000
const restartSaidMillis = 8000

export const ConnectionBar = () => {
  const state = useConnection()
  const isRestarted = useRestarted(state)
  // Asked while there is a line: without one it is too late.
  const holdMillis = useStatus()?.holdMillis ?? null
  if (state.tag === "lost") return <LostBar since={state.since} attempt={state.attempt} holdMillis={holdMillis} />
  if (!isRestarted) return null
  return <Bar tone="plain">Server restarted. Threads whose agents were stopped say so in their own rows.</Bar>
}

interface LostBarProps {
  readonly since: number
  readonly attempt: number
  readonly holdMillis: number | null
}

const LostBar = ({ since, attempt, holdMillis }: LostBarProps) => {
  const { connection } = useLink()
  const now = useSeconds()
  if (now - since < silentMillis) return null
  return (
    <Bar tone="attention">
      <span>
        {/* Who listens hears it once, not at each attempt. */}
        Connection lost. Retrying <span aria-hidden>({attempt})</span>. {heldWords(holdMillis)}
      </span>
      <button
        type="button"
        onClick={() => connection.wake()}
        className="inline-flex items-center gap-1.5 rounded-control px-2 py-0.5 font-medium underline underline-offset-2 coarse:min-h-11"
      >
        <RefreshCw size={12} strokeWidth={1.75} aria-hidden />
        Try now
      </button>
    </Bar>
  )
}

const Bar = ({ tone, children }: { readonly tone: "attention" | "plain"; readonly children: ReactNode }) => (
  <div
    role="status"
    className={cx(
      "flex min-h-8 shrink-0 flex-wrap items-center justify-center gap-x-2 border-b border-line bg-raised px-3 py-1 text-center text-sec",
      tone === "attention" ? "text-attention" : "text-text-2",
    )}
  >
    {children}
  </div>
)

// Another epoch after a reconnect means that the server behind the line is a new one.
const useRestarted = (state: ConnectionState): boolean => {
  const epoch = useRef<string | null>(null)
  const [isSaid, setSaid] = useState(false)
  const now = state.tag === "open" ? state.hello.epoch : null
  useEffect(() => {
    if (now === null) return
    const isOther = epoch.current !== null && epoch.current !== now
    epoch.current = now
    if (!isOther) return
    setSaid(true)
    const timer = window.setTimeout(() => setSaid(false), restartSaidMillis)
    return () => window.clearTimeout(timer)
  }, [now])
  return isSaid
}
