// The connection against a server and a clock of the test's own.
import { maxFrameBytes, rpcVersion } from "@corral/contracts/limits"
import { describe, expect, it } from "vitest"
import { connect } from "./connect.ts"
import { Disconnected, Refused } from "./errors.ts"
import { newId } from "./ids.ts"
import type { SocketEvent, WebSocketLike } from "./socket.ts"

const hello = { version: rpcVersion, server: "0.1.0", epoch: "e1", startedAt: 1 }
const threadId = newId("thr")

describe("connecting", () => {
  it("is open when the server has said hello, not before", () => {
    const { connection, sockets } = bed()
    expect(connection.state()).toEqual({ tag: "connecting" })
    sockets[0]?.says({ hello })
    expect(connection.state()).toEqual({ tag: "open", hello })
  })

  it("tries again for ever, each time later, never later than 5 s", () => {
    const { connection, sockets, clock } = bed()
    const since = clock.now()
    for (let attempt = 1; attempt <= 12; attempt++) {
      sockets.at(-1)?.breaks()
      expect(connection.state()).toMatchObject({ tag: "lost", attempt, since })
      clock.advance(5_000)
      expect(sockets).toHaveLength(attempt + 1)
    }
  })

  it("gives up an attempt that never hears hello", () => {
    const { connection, clock } = bed()
    clock.advance(10_000)
    expect(connection.state().tag).toBe("lost")
  })

  it("tries at once when woken", () => {
    const { connection, sockets } = bed()
    sockets[0]?.breaks()
    connection.wake()
    expect(sockets).toHaveLength(2)
  })

  it("does not try again by itself where the version is another, and says so", async () => {
    const { connection, sockets, clock } = bed()
    const asked = connection.call("status", {})
    sockets[0]?.says({ hello: { ...hello, version: 99 } })
    await expect(asked).rejects.toMatchObject({ name: "Refused", tag: "WrongVersion" })
    expect(connection.state()).toMatchObject({ tag: "refused", refusal: { tag: "WrongVersion" } })
    clock.advance(60_000)
    expect(sockets).toHaveLength(1)
    connection.wake()
    expect(sockets).toHaveLength(2)
  })

  it("takes a refusal before hello for a refusal of the whole line", () => {
    const { connection, sockets } = bed()
    sockets[0]?.says({ id: null, error: { tag: "Unauthorized", message: "Open a new link." } })
    expect(connection.state()).toEqual({ tag: "refused", refusal: { tag: "Unauthorized", message: "Open a new link." } })
  })

  it("ignores frames that are none, and sockets that were given up", () => {
    const { connection, sockets } = bed()
    sockets[0]?.hears("{ half")
    sockets[0]?.hears(new ArrayBuffer(3))
    sockets[0]?.breaks()
    connection.wake()
    sockets[0]?.says({ hello })
    expect(connection.state().tag).toBe("lost")
    sockets[1]?.says({ hello })
    expect(connection.state().tag).toBe("open")
  })

  it("finds out that a silent line is dead, and leaves a slow one alone", () => {
    const { connection, sockets, clock } = bed()
    sockets[0]?.says({ hello })
    clock.advance(25_000)
    expect(sockets[0]?.sent.at(-1)).toMatchObject({ call: "status" })
    clock.advance(9_000)
    sockets[0]?.says({ id: 1, ok: {} })
    clock.advance(2_000)
    expect(connection.state().tag).toBe("open")
    clock.advance(60_000)
    expect(connection.state().tag).toBe("lost")
  })

  it("gives a server time again after the machine itself slept", () => {
    const { connection, sockets, clock } = bed()
    sockets[0]?.says({ hello })
    clock.advance(25_000)
    clock.sleep(3_600_000)
    clock.advance(10_000)
    expect(connection.state().tag).toBe("open")
    clock.advance(10_000)
    expect(connection.state().tag).toBe("lost")
  })

  it("ends for good when closed", async () => {
    const { connection, sockets, clock } = bed()
    const asked = connection.call("status", {})
    connection.close()
    await expect(asked).rejects.toBeInstanceOf(Disconnected)
    await expect(connection.call("status", {})).rejects.toBeInstanceOf(Disconnected)
    clock.advance(60_000)
    expect(sockets).toHaveLength(1)
    expect(sockets[0]?.isClosed).toBe(true)
  })
})

describe("a call", () => {
  it("is sent once the line is open and answered by its id", async () => {
    const { connection, sockets } = bed()
    const counted = connection.call("count", {})
    const swept = connection.call("sweep", {})
    sockets[0]?.says({ hello })
    const [first, second] = sockets[0]?.sent ?? []
    sockets[0]?.says({ id: second?.id, error: { tag: "Unavailable", message: "The supervisor is away." } })
    sockets[0]?.says({ id: first?.id, ok: { processes: 3, trees: 1, strays: 0, checkedAt: 5 } })
    await expect(counted).resolves.toMatchObject({ processes: 3 })
    await expect(swept).rejects.toEqual(new Refused({ tag: "Unavailable", message: "The supervisor is away." }))
  })

  it("fails with Disconnected when the line breaks, and is not asked again", async () => {
    const { connection, sockets } = bed()
    sockets[0]?.says({ hello })
    const asked = connection.call("count", {})
    sockets[0]?.breaks()
    await expect(asked).rejects.toBeInstanceOf(Disconnected)
    connection.wake()
    sockets[1]?.says({ hello })
    expect(sockets[1]?.sent).toEqual([])
  })

  it("is refused when it is over the frame size, or when the server takes nothing more", async () => {
    const { connection, sockets } = bed()
    sockets[0]?.says({ hello })
    const huge = connection.call("folders", { path: "x".repeat(maxFrameBytes) })
    await expect(huge).rejects.toMatchObject({ tag: "FrameTooLarge" })
    if (sockets[0]) sockets[0].bufferedAmount = maxFrameBytes + 1
    await expect(connection.call("count", {})).rejects.toMatchObject({ tag: "Unavailable" })
    expect(sockets[0]?.sent).toEqual([])
  })

  it("is refused beyond 256 that wait", async () => {
    const { connection } = bed()
    const waiting = Array.from({ length: 256 }, () => connection.call("count", {}))
    await expect(connection.call("count", {})).rejects.toMatchObject({ tag: "Unavailable" })
    connection.close()
    await Promise.allSettled(waiting)
  })
})

describe("an order", () => {
  it("is sent again with the same id after every reconnect until there is a receipt", async () => {
    const { connection, sockets } = bed()
    sockets[0]?.says({ hello })
    const commandId = newId("cmd")
    const receipt = connection.dispatch({ _tag: "thread.archive", threadId }, commandId)
    sockets[0]?.breaks()
    connection.wake()
    sockets[1]?.breaks()
    connection.wake()
    sockets[2]?.says({ hello })
    const sent = [sockets[0], sockets[2]].map((socket) => socket?.sent[0])
    expect(sent[0]).toMatchObject({ call: "dispatch", with: { commandId, command: { _tag: "thread.archive", threadId } } })
    expect(sent[1]).toEqual(sent[0])
    sockets[2]?.says({ id: sent[1]?.id, ok: { _tag: "accepted", commandId, seq: 7 } })
    await expect(receipt).resolves.toEqual({ _tag: "accepted", commandId, seq: 7 })
    sockets[2]?.breaks()
    connection.wake()
    sockets[3]?.says({ hello })
    expect(sockets[3]?.sent).toEqual([])
  })

  it("keeps its place in the order of orders", () => {
    const { connection, sockets } = bed()
    const ids = [newId("cmd"), newId("cmd"), newId("cmd")]
    for (const commandId of ids) void connection.dispatch({ _tag: "thread.archive", threadId }, commandId)
    sockets[0]?.says({ hello })
    expect(sockets[0]?.sent.map((frame) => frame.with?.commandId)).toEqual(ids)
  })

  it("is refused beyond 100 without a receipt", async () => {
    const { connection } = bed()
    const waiting = Array.from({ length: 100 }, () => connection.dispatch({ _tag: "thread.archive", threadId }))
    await expect(connection.dispatch({ _tag: "thread.archive", threadId })).rejects.toBeInstanceOf(Refused)
    connection.close()
    expect((await Promise.allSettled(waiting)).every((result) => result.status === "rejected")).toBe(true)
  })
})

describe("a watched stream", () => {
  it("is watched again after a reconnect, from where the watcher has come", () => {
    const { connection, sockets } = bed()
    let after: number | null = null
    const items: unknown[] = []
    connection.watch("thread", () => ({ threadId, after }), { item: (item) => items.push(item) })
    sockets[0]?.says({ hello })
    expect(sockets[0]?.sent[0]).toMatchObject({ watch: "thread", with: { threadId, after: null } })
    sockets[0]?.says({ id: sockets[0].sent[0]?.id, item: { _tag: "events", seq: 9, events: [] } })
    after = 9
    sockets[0]?.breaks()
    connection.wake()
    sockets[1]?.says({ hello })
    expect(sockets[1]?.sent[0]).toMatchObject({ watch: "thread", with: { threadId, after: 9 } })
    expect(items).toEqual([{ _tag: "events", seq: 9, events: [] }])
  })

  it("says when it begins, at first and again, and what is called then follows it on the line", async () => {
    const { connection, sockets } = bed()
    const counts: Promise<unknown>[] = []
    connection.watch("certificates", () => ({}), { item: () => {}, begin: () => counts.push(connection.call("count", {})) })
    expect(counts).toEqual([])
    sockets[0]?.says({ hello })
    expect(sockets[0]?.sent).toMatchObject([{ watch: "certificates" }, { call: "count" }])
    sockets[0]?.breaks()
    connection.wake()
    sockets[1]?.says({ hello })
    expect(sockets[1]?.sent).toMatchObject([{ watch: "certificates" }, { call: "count" }])
    connection.close()
    expect((await Promise.allSettled(counts)).map(({ status }) => status)).toEqual(["rejected", "rejected"])
  })

  it("is not watched again when another one that begins before it lets it go", () => {
    const { connection, sockets } = bed()
    let letGo = () => {}
    connection.watch("certificates", () => ({}), { item: () => {}, begin: () => letGo() })
    letGo = connection.watch("shell", () => ({}), { item: () => {} })
    sockets[0]?.says({ hello })
    expect(sockets[0]?.sent.filter((frame) => "watch" in frame)).toMatchObject([{ watch: "certificates" }])
  })

  it("that is asked for as soon as the line is open is asked for once", () => {
    const { connection, sockets } = bed()
    connection.onState(({ tag }) => {
      if (tag === "open") connection.watch("shell", () => ({}), { item: () => {} })
    })
    sockets[0]?.says({ hello })
    expect(sockets[0]?.sent).toMatchObject([{ watch: "shell" }])
  })

  it("tells of its end, and is not watched again then", () => {
    const { connection, sockets } = bed()
    const ends: unknown[] = []
    connection.watch("shell", () => ({}), { item: () => {}, end: (refusal) => ends.push(refusal) })
    sockets[0]?.says({ hello })
    sockets[0]?.says({ id: sockets[0].sent[0]?.id, end: { tag: "NotFound", message: "No such thread." } })
    sockets[0]?.breaks()
    connection.wake()
    sockets[1]?.says({ hello })
    expect(ends).toEqual([{ tag: "NotFound", message: "No such thread." }])
    expect(sockets[1]?.sent).toEqual([])
  })

  it("is heard no more once it is let go", () => {
    const { connection, sockets } = bed()
    const items: unknown[] = []
    const letGo = connection.watch("shell", () => ({}), { item: (item) => items.push(item) })
    sockets[0]?.says({ hello })
    const id = sockets[0]?.sent[0]?.id
    letGo()
    letGo()
    sockets[0]?.says({ id, item: { _tag: "late" } })
    expect(sockets[0]?.sent.slice(1)).toEqual([{ id, unwatch: true }])
    expect(items).toEqual([])
  })
})

// What the tests stand on.

interface Sent {
  readonly id: number
  readonly with?: { readonly commandId?: string }
}

class FakeSocket implements WebSocketLike {
  readonly sent: Sent[] = []
  bufferedAmount = 0
  isClosed = false
  readonly #listeners: { type: string; listener: (event: SocketEvent) => void }[] = []

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.isClosed = true
  }

  addEventListener(type: string, listener: (event: SocketEvent) => void): void {
    this.#listeners.push({ type, listener })
  }

  hears(data: unknown): void {
    for (const { type, listener } of this.#listeners) if (type === "message") listener({ type, data })
  }

  says(frame: unknown): void {
    this.hears(JSON.stringify(frame))
  }

  breaks(): void {
    for (const { type, listener } of this.#listeners) if (type === "close") listener({ type })
  }
}

class FakeClock {
  #now = 1_000_000
  #timers: { at: number; run: () => void }[] = []

  now = (): number => this.#now

  setTimer = (millis: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + millis, run }
    this.#timers.push(timer)
    return () => void (this.#timers = this.#timers.filter((one) => one !== timer))
  }

  advance(millis: number): void {
    const end = this.#now + millis
    for (let due = this.#next(end); due !== undefined; due = this.#next(end)) {
      this.#timers = this.#timers.filter((one) => one !== due)
      this.#now = Math.max(this.#now, due.at)
      due.run()
    }
    this.#now = end
  }

  /** The clock goes on, timers do not: they come late. */
  sleep(millis: number): void {
    this.#now += millis
    for (const timer of this.#timers) timer.at += millis
  }

  #next(end: number): { at: number; run: () => void } | undefined {
    return this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
  }
}

function bed() {
  const sockets: FakeSocket[] = []
  const clock = new FakeClock()
  const open = () => {
    const socket = new FakeSocket()
    sockets.push(socket)
    return socket
  }
  const connection = connect({ open, now: clock.now, random: () => 0.5, setTimer: clock.setTimer })
  return { connection, sockets, clock }
}
