// Keep awake, and put to sleep: one press each, for every thread that the session serves.
import { useOrder } from "../link/use-order.ts"
import { Button } from "../ui/button.tsx"
import type { SeenTree } from "./seen-tree.ts"

const keepMillis = 2 * 60 * 60_000

export const SessionActs = ({ tree }: { readonly tree: SeenTree }) => {
  const order = useOrder()
  if (tree.threads.length === 0) return null
  const isKept = tree.threads.some((thread) => thread.reason === "kept")
  const isEnding = tree.state === "stopping" || tree.threads.every((thread) => thread.reason === "stopping")
  const title = tree.threads[0]?.title ?? ""
  const keep = (): void => {
    for (const { threadId } of tree.threads) void order({ _tag: "runtime.keep", threadId, until: isKept ? null : Date.now() + keepMillis })
  }
  const sleep = (): void => {
    for (const { threadId } of tree.threads) void order({ _tag: "runtime.stop", threadId })
  }
  return (
    <>
      <Button
        disabled={isEnding}
        onClick={keep}
        title={isKept ? "No longer keep it awake" : "Keep it awake for 2 h"}
        aria-label={`${isKept ? "Release" : "Keep"}: ${title}`}
      >
        {isKept ? "Release" : "Keep"}
      </Button>
      <Button disabled={isEnding} onClick={sleep} title="Ends its processes, keeps the conversation" aria-label={`Put to sleep: ${title}`}>
        {isEnding ? "Stopping…" : "Put to sleep"}
      </Button>
    </>
  )
}
