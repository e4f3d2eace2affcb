// The thread list by pages, beside the threads that come with the first screen because they are awake.
import { newId } from "@corral/client/ids"
import { StandIn } from "@corral/client/stand-in.test-support"
import { pageThreads } from "@corral/contracts/limits"
import type { ShellItem } from "@corral/contracts/rpc"
import type { ThreadSummary } from "@corral/contracts/thread"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { makeShell } from "./shell.ts"
import { newestFirst } from "./thread-lists.ts"

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal("document", { hidden: true })
  vi.stubGlobal("window", { setTimeout })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe("the archive", () => {
  it("begins with its newest threads, whichever of them the first screen has brought", async () => {
    const { shell, titles } = await shown([...named("archived", 3), { ...thread("awake", 1), status: "archived", runtime: "stopping" }])
    expect(titles("archived")).toBeNull()
    await shell.fetchArchived()
    expect(titles("archived")).toEqual(["archived 12", "archived 11", "archived 10", "awake"])
  })

  it("goes on where its own pages have come to", async () => {
    const { shell, titles } = await shown(named("archived", pageThreads + 2))
    await shell.fetchArchived()
    expect(titles("archived")).toHaveLength(pageThreads)
    await shell.fetchArchived()
    expect(titles("archived")).toHaveLength(pageThreads + 2)
  })

  it("that was opened is whole again after a reconnect", async () => {
    const awake: ThreadSummary = { ...thread("awake", 1), status: "archived", runtime: "stuck" }
    const { shell, titles, server, threads } = await shown([...named("archived", 2), awake])
    await shell.fetchArchived()
    server.goAway()
    threads.push({ ...thread("put away meanwhile", 99), status: "archived" })
    server.comeBack()
    await vi.advanceTimersByTimeAsync(0)
    expect(titles("archived")).toEqual(["put away meanwhile", "archived 11", "archived 10", "awake"])
  })
})

describe("older threads", () => {
  it("follow the first page, not the old ones that came with it because a person or a queue waits for them", async () => {
    const waiting: ThreadSummary = { ...thread("waits", 1), waiting: "approval" }
    const queued: ThreadSummary = { ...thread("queued", 2), queued: 1 }
    const { shell, titles } = await shown([...named("active", pageThreads + 3), waiting, queued])
    expect(titles("active")).toHaveLength(pageThreads + 2)
    await shell.fetchOlder()
    expect(titles("active")).toHaveLength(pageThreads + 5)
  })
})

// What the tests stand on: a server that holds these threads and pages them as the real one does.

const projectId = newId("prj")

const thread = (title: string, touchedAt: number): ThreadSummary => ({
  threadId: newId("thr"),
  projectId,
  title,
  status: "active",
  provider: "claude",
  touchedAt,
  runtime: "asleep",
  busy: false,
  waiting: null,
  queued: 0,
  lastOutcome: null,
})

/** Touched from 10 on, the last one last. */
const named = (status: "active" | "archived", count: number): ThreadSummary[] =>
  Array.from({ length: count }, (_, at) => ({ ...thread(`${status} ${at + 10}`, at + 10), status }))

const shown = async (threads: ThreadSummary[]) => {
  const ofStatus = (status: ThreadSummary["status"]) => threads.filter((one) => one.status === status).toSorted(newestFirst)
  const server = new StandIn({
    threads: ({ status, before, limit }) => {
      const all = ofStatus(status)
      const from = before === null ? 0 : all.findIndex((one) => one.threadId === before.threadId) + 1
      return { threads: all.slice(from, from + limit), total: all.length }
    },
  })
  const snapshot = (): ShellItem => ({
    _tag: "snapshot",
    seq: 1,
    projects: [],
    providers: [],
    active: ofStatus("active").length,
    archived: ofStatus("archived").length,
    threads: threads.filter(
      (one) => ofStatus("active").slice(0, pageThreads).includes(one) || one.runtime !== "asleep" || one.waiting !== null || one.queued > 0,
    ),
  })
  server.connection.onState(({ tag }) => {
    if (tag === "open") queueMicrotask(() => server.tell("shell", snapshot()))
  })
  const shell = makeShell(server.connection)
  await vi.advanceTimersByTimeAsync(0)
  const titles = (list: "active" | "archived") => {
    const lists = shell.lists.get("lists")
    const ids = list === "archived" ? lists?.archived : lists?.order
    return ids?.map((threadId) => shell.threads.get(threadId)?.title) ?? null
  }
  return { server, shell, titles, threads }
}
