// The stops of some threads, followed from before they are ordered until each is proved, or nothing is left that could be.
import type { Connection } from "@corral/client/connect"
import { Disconnected, Refused } from "@corral/client/errors"
import type { Certificate } from "@corral/contracts/certificate"
import type { ThreadId } from "@corral/contracts/ids"
import type { Refusal } from "@corral/contracts/rpc"
import type { Thread } from "@corral/contracts/thread"

/**
 * Watched first, looked at then, and so again after each reconnect: what is kept from the look on is told, what was kept before it is
 * found. That a thread is asleep is told after its certificate; a wake that was cut off before anything ran leaves no certificate.
 */
export class Stops {
  readonly #connection: Connection
  readonly #states: Map<ThreadId, string | null>
  /** The last one of each thread. */
  readonly #certificates = new Map<ThreadId, Certificate>()
  /** Without a certificate since the order. */
  readonly #unproved: Set<ThreadId>
  readonly #since = Date.now()
  readonly #seen = Promise.withResolvers<void>()
  readonly #over = Promise.withResolvers<void>()
  readonly #failed = Promise.withResolvers<never>()
  readonly #unwatch: readonly (() => void)[]
  #phase: "before" | "ordered" | "given" = "before"
  /** What is known of the states was seen after the order was given. */
  #isCurrent = false

  constructor(connection: Connection, threadIds: readonly ThreadId[]) {
    this.#connection = connection
    this.#states = new Map(threadIds.map((threadId) => [threadId, null]))
    this.#unproved = new Set(threadIds)
    // There may be nobody left to hear of it.
    this.#failed.promise.catch(() => undefined)
    const end = (refusal: Refusal | null) =>
      this.#failed.reject(refusal === null ? new Disconnected("The server went away.") : new Refused(refusal))
    this.#unwatch = [
      connection.watch("certificates", () => ({}), { item: (certificate) => this.#prove(certificate), end }),
      connection.watch("shell", () => ({}), {
        item: ({ threads }) => threads.forEach(({ threadId, runtime }) => this.#note(threadId, runtime)),
        begin: () => void this.#look(),
        end,
      }),
    ]
  }

  /** Done when it is known what runs: the order may be given. */
  async seen(): Promise<void> {
    await Promise.race([this.#seen.promise, this.#failed.promise])
    this.#phase = "ordered"
  }

  /** To be asked once the order was taken. Certificates of what ran; nothing for a thread that did not. */
  async proved(withinMillis: number, unproved: (threadIds: readonly ThreadId[]) => Error): Promise<readonly Certificate[]> {
    this.#phase = "given"
    const deadline = setTimeout(() => this.#failed.reject(unproved([...this.#unproved].filter((one) => !this.#isOver(one)))), withinMillis)
    void this.#look()
    await Promise.race([this.#over.promise, this.#failed.promise]).finally(() => clearTimeout(deadline))
    return [...new Set(this.#certificates.values())]
  }

  end(): void {
    for (const unwatch of this.#unwatch) unwatch()
  }

  async #look(): Promise<void> {
    const isAfterOrder = this.#phase === "given"
    try {
      // One after the other: a person may put away more threads than a line takes questions at once.
      for (const threadId of this.#states.keys()) if (this.#unproved.has(threadId)) await this.#lookAt(threadId)
    } catch (cause) {
      // Looked at again with the next line; where there will be none, the streams say so.
      if (!(cause instanceof Disconnected)) this.#failed.reject(cause)
      return
    }
    this.#seen.resolve()
    this.#isCurrent ||= isAfterOrder
    this.#check()
  }

  async #lookAt(threadId: ThreadId): Promise<void> {
    const runtime = (await this.#thread(threadId))?.runtime
    const known = this.#states.get(threadId) ?? "asleep"
    const state = runtime?.state ?? known
    if (known !== "asleep" || state !== "asleep") {
      // A certificate is kept a moment before its thread is called asleep, so this runtime's may be older than we are.
      const since = runtime === undefined || state === "asleep" ? this.#since : Math.min(this.#since, runtime.since)
      const asked = { threadId, since, before: null, reason: null, limit: 1 }
      for (const certificate of await this.#connection.call("certificates", asked)) this.#prove(certificate)
    }
    if (runtime !== undefined) this.#note(threadId, state)
  }

  /** Undefined: it was deleted, by our own order perhaps; what runs of it is then known from before, and by what is told. */
  async #thread(threadId: ThreadId): Promise<Thread | undefined> {
    try {
      return await this.#connection.call("thread", { threadId })
    } catch (cause) {
      if (this.#phase !== "before" && cause instanceof Refused && cause.tag === "NotFound") return undefined
      throw cause
    }
  }

  #note(threadId: ThreadId, state: string): void {
    if (!this.#states.has(threadId)) return
    this.#states.set(threadId, state)
    this.#check()
  }

  #prove(certificate: Certificate): void {
    for (const threadId of certificate.threadIds) {
      if (!this.#states.has(threadId)) continue
      if ((this.#certificates.get(threadId)?.endedAt ?? 0) <= certificate.endedAt) this.#certificates.set(threadId, certificate)
      if (this.#phase !== "before") this.#unproved.delete(threadId)
    }
    this.#check()
  }

  #check(): void {
    if (this.#phase === "given" && [...this.#states.keys()].every((threadId) => this.#isOver(threadId))) this.#over.resolve()
  }

  #isOver(threadId: ThreadId): boolean {
    return !this.#unproved.has(threadId) || (this.#isCurrent && this.#states.get(threadId) === "asleep")
  }
}
