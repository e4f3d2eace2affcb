// A thread: its header, its conversation, what it asks for, and where to answer.
import { useEffect } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import type { Thread } from "@corral/contracts/thread"
import { EmptyView } from "../app/empty-view.tsx"
import { setLastThread } from "../app/last-thread.ts"
import { NotFound } from "../app/not-found.tsx"
import { useThreadParam } from "../app/use-thread-param.ts"
import { Transcript } from "../turn/transcript.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { ArchivedFoot } from "./archived-foot.tsx"
import { markSeen } from "./seen.ts"
import { StuckBanner } from "./stuck-banner.tsx"
import { ThreadFoot } from "./thread-foot.tsx"
import { ThreadHeader } from "./thread-header.tsx"
import { useBody } from "./use-body.ts"

export const ThreadPage = () => {
  const threadId = useThreadParam()
  // The key: another thread is another view, with its own place in its own list.
  return threadId === null ? <NotFound /> : <OneThread key={threadId} threadId={threadId} />
}

const OneThread = ({ threadId }: { readonly threadId: ThreadId }) => {
  const { body, view } = useBody(threadId)
  useEffect(() => setLastThread(view.state === "gone" ? null : threadId), [threadId, view.state])
  const touchedAt = view.thread?.touchedAt ?? 0
  useEffect(() => {
    const mark = (): void => {
      if (!document.hidden) markSeen(threadId, touchedAt)
    }
    mark()
    document.addEventListener("visibilitychange", mark)
    return () => document.removeEventListener("visibilitychange", mark)
  }, [threadId, touchedAt])
  if (view.state === "gone") {
    return (
      <EmptyView title="This thread is gone">
        <p>It was deleted, with its conversation. Its certificates are on the Processes page.</p>
      </EmptyView>
    )
  }
  if (view.thread === null) return <Loading threadId={threadId} />
  return (
    <>
      <ThreadHeader thread={view.thread} />
      {view.thread.runtime.state === "stuck" && <StuckBanner thread={view.thread} />}
      {view.transcript.length === 0 ? <Empty /> : <Transcript threadId={threadId} body={body} view={view} />}
      <Foot thread={view.thread} view={view} />
    </>
  )
}

const Foot = ({ thread, view }: { readonly thread: Thread; readonly view: Parameters<typeof ThreadFoot>[0]["view"] }) => (
  <div className="shrink-0 px-3 pb-2 desk:px-6">
    <div className="reading-column max-w-200">
      {thread.status === "archived" ? <ArchivedFoot thread={thread} /> : <ThreadFoot thread={thread} view={view} />}
    </div>
  </div>
)

const Loading = ({ threadId }: { readonly threadId: ThreadId }) => (
  <div className="reading-column flex-1 p-6" key={threadId}>
    <h1 className="sr-only">Loading the thread</h1>
    <Skeleton label="Loading the thread" lines={["55%", "95%", "90%", "70%", "85%"]} />
  </div>
)

const Empty = () => (
  <div className="flex flex-1 items-center justify-center p-6 text-text-3">
    <p>Nothing was said here yet.</p>
  </div>
)
