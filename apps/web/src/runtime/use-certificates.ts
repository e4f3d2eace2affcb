// Certificates, newest first: a page of them, and each as it is written while somebody looks.
import { useCallback, useEffect, useState } from "react"
import type { Certificate } from "@corral/contracts/certificate"
import type { ThreadId } from "@corral/contracts/ids"
import { useLink } from "../link/link.ts"

const pageCertificates = 100
/** A page that is left open for weeks does not grow without end. */
const keptCertificates = 2000

export interface Certificates {
  readonly list: readonly Certificate[]
  readonly isLoaded: boolean
  readonly more: boolean
  readonly fetchOlder: () => Promise<void>
}

const nothing = { list: [], isLoaded: false, more: false }

export const useCertificates = (threadId: ThreadId | null): Certificates => {
  const { connection } = useLink()
  const [state, setState] = useState<Omit<Certificates, "fetchOlder">>(nothing)
  const fetch = useCallback(
    async (before: number | null) => {
      const page = await connection.call("certificates", { threadId, since: null, before, reason: null, limit: pageCertificates })
      const isFull = page.length === pageCertificates
      setState((known) => ({ list: merged(known.list, page), isLoaded: true, more: isFull }))
    },
    [connection, threadId],
  )
  useEffect(() => {
    // Without a line the page stays empty until the stream comes back; the button fetches by hand.
    fetch(null).catch(() => setState((known) => ({ ...known, isLoaded: true, more: true })))
    return connection.watch("certificates", () => ({}), {
      item: (certificate) => {
        if (threadId !== null && !certificate.threadIds.includes(threadId)) return
        setState((known) => ({ ...known, list: merged([certificate], known.list) }))
      },
    })
  }, [connection, threadId, fetch])
  const last = state.list.at(-1)
  return { ...state, fetchOlder: () => fetch(last?.endedAt ?? null) }
}

const merged = (one: readonly Certificate[], other: readonly Certificate[]): readonly Certificate[] => {
  const byId = new Map([...other, ...one].map((certificate) => [certificate.certificateId, certificate]))
  return [...byId.values()].toSorted((a, b) => b.endedAt - a.endedAt).slice(0, keptCertificates)
}
