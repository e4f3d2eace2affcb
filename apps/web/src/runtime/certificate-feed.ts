// Certificates of all threads or of one, newest first: pages of them, each as it is written, and after a gap those of the meantime.
import type { Connection } from "@corral/client/connect"
import { Disconnected } from "@corral/client/errors"
import type { Certificate } from "@corral/contracts/certificate"
import type { ThreadId } from "@corral/contracts/ids"
import { againMillis, keepWatching } from "../link/keep-watching.ts"

export const pageCertificates = 100
/** A page that is left open for weeks does not grow without end. */
const keptCertificates = 2000

export interface CertificatesSeen {
  readonly list: readonly Certificate[]
  readonly isLoaded: boolean
  /** There are older ones, and room for them. */
  readonly more: boolean
}

export const noCertificates: CertificatesSeen = { list: [], isLoaded: false, more: false }

export class CertificateFeed {
  readonly #connection: Connection
  readonly #threadId: ThreadId | null
  readonly #show: (seen: CertificatesSeen) => void
  readonly #unwatch: () => void
  #seen = noCertificates
  #timer: ReturnType<typeof setTimeout> | undefined
  #isStopped = false

  constructor(connection: Connection, threadId: ThreadId | null, show: (seen: CertificatesSeen) => void) {
    this.#connection = connection
    this.#threadId = threadId
    this.#show = show
    this.#unwatch = keepWatching(connection, "certificates", {
      takes: () => ({}),
      begin: () => this.#catchUp(),
      item: (certificate) => {
        if (threadId === null || certificate.threadIds.includes(threadId)) this.#add([certificate], {})
      },
    })
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    this.#unwatch()
  }

  async fetchOlder(): Promise<void> {
    const page = await this.#page(beyond(this.#seen.list))
    this.#add(page, { isLoaded: true, more: isFull(page) })
  }

  /** The stream tells what is written from now on; of what was written before it, what is newer than the oldest one shown is fetched. */
  #catchUp(): void {
    clearTimeout(this.#timer)
    this.#fetchMissed().catch((cause: unknown) => {
      // A new line begins with catching up by itself.
      if (!(cause instanceof Disconnected || this.#isStopped)) this.#timer = setTimeout(() => this.#catchUp(), againMillis)
    })
  }

  async #fetchMissed(): Promise<void> {
    const oldest = this.#seen.isLoaded ? this.#seen.list.at(-1)?.endedAt : undefined
    let before: number | null = null
    for (let pages = 0; pages < keptCertificates / pageCertificates; pages += 1) {
      const page = await this.#page(before)
      if (!isFull(page)) return this.#add(page, { isLoaded: true, more: false })
      if (oldest === undefined) return this.#add(page, { isLoaded: true, more: true })
      this.#add(page, {})
      before = beyond(page)
      if (before === null || before <= oldest) return
    }
  }

  #page(before: number | null): Promise<readonly Certificate[]> {
    return this.#connection.call("certificates", { threadId: this.#threadId, since: null, before, reason: null, limit: pageCertificates })
  }

  #add(certificates: readonly Certificate[], change: Partial<CertificatesSeen>): void {
    if (this.#isStopped) return
    const byId = new Map([...this.#seen.list, ...certificates].map((one) => [one.certificateId, one]))
    const list = [...byId.values()].toSorted((a, b) => b.endedAt - a.endedAt).slice(0, keptCertificates)
    const seen = { ...this.#seen, ...change, list }
    this.#seen = { ...seen, more: seen.more && list.length < keptCertificates }
    this.#show(this.#seen)
  }
}

const isFull = (page: readonly Certificate[]): boolean => page.length === pageCertificates

/** The next page begins in the last one's own millisecond, which may have more: twice is once. Unless a whole page is of that one. */
const beyond = (list: readonly Certificate[]): number | null => {
  const last = list.at(-1)
  if (last === undefined) return null
  return list.at(-pageCertificates)?.endedAt === last.endedAt ? last.endedAt : last.endedAt + 1
}
