// The certificates for a component, followed while it is mounted.
import { useEffect, useRef, useState } from "react"
import type { ThreadId } from "@corral/contracts/ids"
import { useLink } from "../link/link.ts"
import { CertificateFeed, noCertificates, type CertificatesSeen } from "./certificate-feed.ts"

export interface Certificates extends CertificatesSeen {
  readonly fetchOlder: () => Promise<void>
}

export const useCertificates = (threadId: ThreadId | null): Certificates => {
  const { connection } = useLink()
  const [seen, setSeen] = useState(noCertificates)
  const feed = useRef<CertificateFeed | null>(null)
  useEffect(() => {
    // Another thread, another list: nothing of the former one stays.
    setSeen(noCertificates)
    const following = new CertificateFeed(connection, threadId, setSeen)
    feed.current = following
    return () => following.stop()
  }, [connection, threadId])
  return { ...seen, fetchOlder: async () => feed.current?.fetchOlder() }
}
