// Under the conversation of an active thread: what it asks the person, and the composer.
import { useMemo, useState } from "react"
import { newId } from "@corral/client/ids"
import type { Thread } from "@corral/contracts/thread"
import { useLink } from "../link/link.ts"
import { useConnection } from "../link/use-connection.ts"
import { useKey } from "../link/use-key.ts"
import { useOrder } from "../link/use-order.ts"
import { ApprovalCard } from "../turn/approval-card.tsx"
import { Composer } from "../turn/composer.tsx"
import { ConfigMenus } from "../turn/config-menus.tsx"
import { isRisky } from "../turn/is-risky.ts"
import { LifeLine } from "../turn/life-line.tsx"
import { QuestionCard } from "../turn/question-card.tsx"
import { QueueChips } from "../turn/queue-chips.tsx"
import { StopButton } from "../turn/stop-button.tsx"
import { useLate } from "../ui/use-late.ts"
import { Button } from "../ui/button.tsx"
import type { BodyView } from "./body.ts"
import { AdmissionCard } from "./admission-card.tsx"
import { HeavyCard } from "./heavy-card.tsx"
import { StalledCard } from "./stalled-card.tsx"

/** After this long a turn that does not stop may be ended with its processes. */
const patienceMillis = 5000

export const ThreadFoot = ({ thread, view }: { readonly thread: Thread; readonly view: BodyView }) => {
  const { shell } = useLink()
  const order = useOrder()
  const facts = useKey(shell.facts, "facts")
  const isLost = useConnection().tag !== "open"
  const [draftVersion, setDraftVersion] = useState(0)
  const { threadId, turn } = thread
  const [request] = thread.requests
  const root = facts?.projects.find((project) => project.projectId === thread.projectId)?.path ?? null
  const recall = useMemo(() => view.transcript.flatMap(({ row }) => (row._tag === "user" ? [row.text] : [])), [view.transcript])
  const stop = (): void => {
    if (turn !== null) void order({ _tag: "turn.interrupt", threadId, turnId: turn.turnId })
  }
  const send = (text: string): Promise<boolean> => order({ _tag: "turn.start", threadId, turnId: newId("trn"), text, whenBusy: "queue" })
  const card =
    request === undefined ? null : { threadId, request, count: thread.requests.length, isRisky: isRisky(request, root), onStop: stop }
  return (
    <>
      {card !== null &&
        (card.request.kind === "question" ? (
          <QuestionCard key={card.request.requestId} {...card} />
        ) : (
          <ApprovalCard key={card.request.requestId} {...card} />
        ))}
      <AdmissionCard thread={thread} onInterrupt={stop} />
      <HeavyCard thread={thread} />
      <StalledCard thread={thread} onInterrupt={stop} />
      <Composer
        key={draftVersion}
        draftKey={threadId}
        placeholder={placeholderOf(thread, isLost)}
        onSend={send}
        onStop={turn === null ? null : stop}
        stop={turn !== null && <Stops thread={thread} onStop={stop} />}
        recall={recall}
        above={<QueueChips thread={thread} onDraft={() => setDraftVersion(draftVersion + 1)} />}
        controls={
          <ConfigMenus
            config={thread.config}
            providers={facts?.providers ?? []}
            isRunning={thread.runtime.state !== "asleep"}
            onChange={(change) => void order({ _tag: "thread.set", threadId, ...change })}
          />
        }
      />
      <LifeLine thread={thread} />
    </>
  )
}

const placeholderOf = (thread: Thread, isLost: boolean): string => {
  if (isLost) return "Write on; it is sent when the connection is back"
  if (thread.turn !== null) return "Say more; it waits for this turn to end"
  return thread.turns === 0 ? "Ask for something" : "Ask for a change"
}

const Stops = ({ thread, onStop }: { readonly thread: Thread; readonly onStop: () => void }) => {
  const order = useOrder()
  const isAsked = thread.turn?.interruptAsked ?? false
  const isLate = useLate(isAsked, patienceMillis)
  if (!isLate) return <StopButton isAsked={isAsked} onStop={onStop} />
  return (
    <Button className="h-8 coarse:h-11" onClick={() => void order({ _tag: "runtime.stop", threadId: thread.threadId })}>
      Stop its processes
    </Button>
  )
}
