// The agents found on this machine: which can be used, and for the others the next step.
import { Check, Circle } from "lucide-react"
import { useState } from "react"
import type { Provider } from "@corral/contracts/provider"
import { useLink } from "../link/link.ts"
import { Button } from "../ui/button.tsx"
import { CommandLine } from "../ui/command-line.tsx"
import { cx } from "../ui/cx.ts"
import { showToast } from "../ui/toasts.ts"

export const AgentList = ({ providers }: { readonly providers: readonly Provider[] }) => {
  const { connection } = useLink()
  const [isLooking, setLooking] = useState(false)
  const look = (): void => {
    setLooking(true)
    connection
      .call("providers", { refresh: true })
      .catch((cause: unknown) =>
        showToast({ id: "providers", text: cause instanceof Error ? cause.message : "The look failed.", tone: "problem" }),
      )
      .finally(() => setLooking(false))
  }
  return (
    <div>
      <ul>
        {providers.map((provider) => (
          <Agent key={provider.provider} provider={provider} />
        ))}
        {providers.length === 0 && <li className="px-4 py-3 text-text-3">No agent is known to this server.</li>}
      </ul>
      <div className="flex justify-end border-t border-line px-2 py-1.5">
        <Button weight="quiet" disabled={isLooking} onClick={look}>
          {isLooking ? "Looking…" : "Look again"}
        </Button>
      </div>
    </div>
  )
}

const Agent = ({ provider }: { readonly provider: Provider }) => {
  const isUsable = provider.problem === null
  const Icon = isUsable ? Check : Circle
  return (
    <li className="border-b border-line px-4 py-2.5 last:border-0">
      <div className="flex items-center gap-2.5">
        <Icon
          size={14}
          strokeWidth={2}
          aria-label={isUsable ? "can be used" : "cannot be used yet"}
          className={cx("shrink-0", isUsable ? "text-ok" : "text-text-3")}
        />
        <span className="font-medium">{provider.name}</span>
        <span className="numbers min-w-0 truncate text-sec text-text-3" title={provider.binary ?? undefined}>
          {provider.version}
        </span>
      </div>
      {provider.problem !== null && (
        <div className="mt-1 space-y-1.5 pl-6">
          <p className="text-text-2">{provider.problem.message}</p>
          {looksLikeCommand(provider.problem.next) ? (
            <CommandLine command={provider.problem.next} />
          ) : (
            <p className="text-sec text-text-3">{provider.problem.next}</p>
          )}
        </div>
      )}
    </li>
  )
}

// The next step is a command or a sentence; a sentence has its full stop and a capital.
const looksLikeCommand = (next: string): boolean => !/[.!?]$/.test(next.trim()) && /^[a-z./~$]/.test(next)
