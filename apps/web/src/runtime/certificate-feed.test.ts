// No certificate is missing from an open page, whatever happened to its line.
import { newId } from "@corral/client/ids"
import { Refused } from "@corral/client/errors"
import { StandIn } from "@corral/client/stand-in.test-support"
import type { Certificate } from "@corral/contracts/certificate"
import type { ThreadId } from "@corral/contracts/ids"
import { TreeId } from "@corral/contracts/ids"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { againMillis } from "../link/keep-watching.ts"
import { CertificateFeed, noCertificates, pageCertificates, type CertificatesSeen } from "./certificate-feed.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe("the certificates of an open page", () => {
  it("are the first page, and each as it is written", async () => {
    const { ledger, server, seen } = await opened(2)
    ledger.keep(3)
    server.tell("certificates", ledger.newest())
    expect(seen()).toMatchObject({ isLoaded: true, more: false })
    expect(endsOf(seen())).toEqual([3, 2, 1])
  })

  it("are asked for after the stream has begun: none falls in between", async () => {
    const { server } = await opened(1)
    expect(server.asked).toEqual(["watch certificates", "certificates"])
  })

  it("are complete again after a reconnect, also when more than a page was missed", async () => {
    const { ledger, server, seen } = await opened(3)
    server.goAway()
    ledger.keep(3 + 2 * pageCertificates + 1)
    server.comeBack()
    await vi.advanceTimersByTimeAsync(0)
    expect(endsOf(seen())).toEqual(ledger.ends())
    expect(seen()).toMatchObject({ more: false })
  })

  it("have no hole when the line breaks once more while they are fetched", async () => {
    const { ledger, server, seen } = await opened(3)
    server.goAway()
    ledger.keep(3 + 3 * pageCertificates)
    ledger.onAsked = (times) => times === 2 && server.goAway()
    server.comeBack()
    await vi.advanceTimersByTimeAsync(0)
    expect(endsOf(seen()).length).toBeLessThan(3 + 3 * pageCertificates)
    server.comeBack()
    await vi.advanceTimersByTimeAsync(0)
    expect(endsOf(seen())).toEqual(ledger.ends())
  })

  it("are asked for again where the server could not tell them", async () => {
    const { ledger, server, seen } = await opened(1)
    server.goAway()
    ledger.keep(2)
    ledger.onAsked = (times) => {
      if (times === 1) throw new Refused({ tag: "Unavailable", message: "The disk is busy." })
    }
    server.comeBack()
    await vi.advanceTimersByTimeAsync(againMillis)
    expect(endsOf(seen())).toEqual([2, 1])
  })

  it("go on by pages, also in the middle of a millisecond, and say whether there are more", async () => {
    const { seen, feed } = await opened(pageCertificates + 5, (n) => Math.ceil(n / 10))
    expect(seen()).toMatchObject({ more: true })
    await feed.fetchOlder()
    expect(seen().list).toHaveLength(pageCertificates + 5)
    expect(seen()).toMatchObject({ more: false })
  })

  it("of one thread are only its own", async () => {
    const { ledger, server, seen } = await opened(1, (n) => n, mine)
    ledger.keep(2)
    server.tell("certificates", { ...ledger.newest(), threadIds: [newId("thr")] })
    expect(endsOf(seen())).toEqual([1])
  })

  it("are told to nobody once the page has gone on, though an answer was on its way", async () => {
    const { ledger, server, seen, feed } = await opened(1)
    ledger.keep(2)
    const older = feed.fetchOlder()
    feed.stop()
    await older
    expect(endsOf(seen())).toEqual([1])
    expect(server.isWatched("certificates")).toBe(false)
  })
})

// What the tests stand on: a server with a ledger of numbered certificates.

const mine: ThreadId = newId("thr")

const certificate = (n: number, endedAt: number): Certificate => ({
  certificateId: `crt_${n}`,
  treeId: TreeId.make(`tre_${n}`),
  sessions: [],
  provider: "claude",
  reason: "stop",
  askedBy: "test",
  startedAt: endedAt,
  endedAt,
  rungs: [],
  killed: [],
  freedBytes: 0,
  left: 0,
  survivors: [],
  untagged: 0,
  exit: null,
  tier: "linux-token",
  checkedAt: endedAt,
  outcome: "gone",
  threadIds: [mine],
})

class Ledger {
  readonly #endOf: (n: number) => number
  #all: readonly Certificate[] = []
  #asked = 0
  #onAsked: (times: number) => unknown = () => undefined

  constructor(endOf: (n: number) => number) {
    this.#endOf = endOf
  }

  /** Until there are so many. Newest first. */
  keep(count: number): void {
    while (this.#all.length < count) this.#all = [certificate(this.#all.length + 1, this.#endOf(this.#all.length + 1)), ...this.#all]
  }

  /** From now on, with how often it was asked since. */
  set onAsked(hear: (times: number) => unknown) {
    this.#asked = 0
    this.#onAsked = hear
  }

  page(before: number | null, limit: number): readonly Certificate[] {
    this.#onAsked((this.#asked += 1))
    return this.#all.filter((one) => before === null || one.endedAt < before).slice(0, limit)
  }

  newest(): Certificate {
    return this.#all[0] ?? certificate(0, 0)
  }

  ends(): readonly number[] {
    return this.#all.map((one) => one.endedAt)
  }
}

const endsOf = ({ list }: CertificatesSeen): readonly number[] => list.map((one) => one.endedAt)

const opened = async (count: number, endOf = (n: number) => n, threadId: ThreadId | null = null) => {
  const ledger = new Ledger(endOf)
  ledger.keep(count)
  const server = new StandIn({ certificates: ({ before, limit }) => ledger.page(before, limit) })
  let seen = noCertificates
  const feed = new CertificateFeed(server.connection, threadId, (now) => (seen = now))
  await vi.advanceTimersByTimeAsync(0)
  return { ledger, server, feed, seen: () => seen }
}
