// An order that ends processes waits for its proof, and no proof is missed, whenever it comes.
import { newId } from "@corral/client/ids"
import { Refused } from "@corral/client/errors"
import { StandIn } from "@corral/client/stand-in.test-support"
import type { Certificate } from "@corral/contracts/certificate"
import { TreeId } from "@corral/contracts/ids"
import type { RuntimeState } from "@corral/contracts/runtime"
import type { Thread } from "@corral/contracts/thread"
import { summarize } from "@corral/domain/views/thread-list"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { withProof } from "./proof.ts"
import { threadIn } from "./thread.test-support.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe("an order with proof", () => {
  it("is done with the certificate that comes after it", async () => {
    const server = new Server("idle")
    const proofs = server.stop()
    await soon()
    server.prove()
    expect(await proofs).toMatchObject([{ certificateId: "crt_1" }])
  })

  it("does not miss a certificate that is kept as soon as its thread was looked at", async () => {
    const server = new Server("idle")
    server.afterLook = () => server.prove()
    expect(await server.stop()).toMatchObject([{ certificateId: "crt_1" }])
  })

  it("finds a certificate that was kept before anybody listened, of a thread that is not yet called asleep", async () => {
    const server = new Server("stopping")
    server.keep({})
    vi.advanceTimersByTime(100)
    const proofs = server.stop()
    await soon()
    server.become("asleep")
    expect(await proofs).toMatchObject([{ certificateId: "crt_1" }])
  })

  it("does not miss a certificate that is kept while the line is broken", async () => {
    const server = new Server("busy")
    const proofs = server.stop()
    await soon()
    server.standIn.goAway()
    server.prove()
    server.become("asleep")
    server.standIn.comeBack()
    expect(await proofs).toMatchObject([{ certificateId: "crt_1" }])
  })

  it("finds that certificate also when its thread was deleted by the order", async () => {
    const server = new Server("busy")
    const proofs = server.stop(() => server.delete())
    await soon()
    server.standIn.goAway()
    server.prove()
    server.standIn.comeBack()
    expect(await proofs).toMatchObject([{ certificateId: "crt_1" }])
  })

  it("waits for what was woken after the look and before the order", async () => {
    const server = new Server("asleep")
    let isDone = false
    const proofs = server.stop(() => server.become("stopping")).finally(() => (isDone = true))
    await soon()
    expect(isDone).toBe(false)
    server.prove()
    expect(await proofs).toHaveLength(1)
  })

  it("has nothing to wait for where nothing runs", async () => {
    expect(await new Server("asleep").stop()).toEqual([])
  })

  it("is done without a certificate when a wake was cut off before anything ran", async () => {
    const server = new Server("waking")
    const proofs = server.stop()
    await soon()
    server.become("asleep")
    expect(await proofs).toEqual([])
  })

  it("is not answered by the certificate of a stop that was tried before", async () => {
    const server = new Server("stuck")
    server.keep({ outcome: "stuck", left: 1 })
    vi.advanceTimersByTime(1)
    server.become("stuck")
    const proofs = server.stop()
    await soon()
    server.prove()
    expect(await proofs).toMatchObject([{ certificateId: "crt_2", outcome: "gone" }])
  })

  it("says so when no proof has come in time, and what goes on", async () => {
    const failed = expect(new Server("idle").stop()).rejects.toMatchObject({ tag: "Unproved", message: expect.stringContaining(threadId) })
    await vi.advanceTimersByTimeAsync(30_000)
    await failed
  })

  it("fails with the order", async () => {
    const server = new Server("idle")
    await expect(server.stop(() => Promise.reject(new Error("archived already")))).rejects.toThrow("archived already")
    expect(server.standIn.isWatched("certificates")).toBe(false)
  })

  it("fails when the connection is closed for good", async () => {
    const server = new Server("idle")
    const failed = expect(server.stop()).rejects.toMatchObject({ name: "Disconnected" })
    await soon()
    server.standIn.goAway()
    server.standIn.connection.close()
    await failed
  })
})

// What the tests stand on: a server with one thread.

const threadId = newId("thr")
const soon = () => vi.advanceTimersByTimeAsync(0)

class Server {
  readonly standIn: StandIn
  afterLook = (): void => undefined
  #thread: Thread
  #kept: readonly Certificate[] = []
  #isDeleted = false

  constructor(state: RuntimeState) {
    this.#thread = threadIn(threadId, state)
    this.standIn = new StandIn({
      thread: () => {
        if (this.#isDeleted) throw new Refused({ tag: "NotFound", message: "There is no thread." })
        // The answer is on its way before anything else happens.
        queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => this.#looked())))
        return this.#thread
      },
      certificates: ({ since, limit }) => this.#kept.filter((one) => one.endedAt >= (since ?? 0)).slice(0, limit),
    })
  }

  stop(give: () => unknown = () => undefined): Promise<readonly Certificate[]> {
    return withProof(this.standIn.connection, [threadId], async () => give())
  }

  become(state: RuntimeState): void {
    this.#thread = threadIn(threadId, state)
    this.standIn.tell("shell", {
      _tag: "changed",
      seq: 1,
      projects: null,
      threads: [summarize(this.#thread)],
      active: 1,
      archived: 0,
      providers: null,
    })
  }

  delete(): void {
    this.#isDeleted = true
  }

  keep(more: Partial<Certificate>): void {
    this.#kept = [{ ...certificate(this.#kept.length + 1), ...more }, ...this.#kept]
  }

  /** Kept, and told to whoever listens. */
  prove(): void {
    this.keep({})
    const [newest] = this.#kept
    if (newest !== undefined) this.standIn.tell("certificates", newest)
  }

  #looked(): void {
    const happen = this.afterLook
    this.afterLook = () => undefined
    happen()
  }
}

const certificate = (n: number): Certificate => ({
  certificateId: `crt_${n}`,
  treeId: TreeId.make("tre_1"),
  sessions: [],
  provider: "claude",
  reason: "stop",
  askedBy: "server",
  startedAt: Date.now(),
  endedAt: Date.now(),
  rungs: [],
  killed: [],
  freedBytes: 0,
  left: 0,
  survivors: [],
  untagged: 0,
  exit: null,
  tier: "linux-token",
  checkedAt: Date.now(),
  outcome: "gone",
  threadIds: [threadId],
})
