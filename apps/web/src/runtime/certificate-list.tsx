// What was stopped, why, and the proof that it is gone; filters in the address, the whole as JSON on demand.
import { Link as RouteLink } from "@tanstack/react-router"
import { Download } from "lucide-react"
import type { Certificate } from "@corral/contracts/certificate"
import { Button } from "../ui/button.tsx"
import { CertificateCard } from "./certificate-card.tsx"
import { CertificateRow } from "./certificate-row.tsx"
import type { PlaceOnPage } from "./place-on-page.ts"
import { isByPerson } from "./reason-words.ts"
import type { Certificates } from "./use-certificates.ts"

interface CertificateListProps {
  readonly certificates: Certificates
  readonly show: string
  /** The id of one that was asked for by address. */
  readonly opened: string | null
  readonly place: PlaceOnPage
}

const filters: readonly { readonly key: string; readonly name: string; readonly takes: (one: Certificate) => boolean }[] = [
  { key: "all", name: "all", takes: () => true },
  { key: "forced", name: "forced", takes: (one) => one.killed.some((killed) => killed.signal === "KILL") },
  { key: "rule", name: "by rule", takes: (one) => !isByPerson(one.reason) },
  { key: "you", name: "by you", takes: (one) => isByPerson(one.reason) },
]

export const CertificateList = ({ certificates, show, opened, place }: CertificateListProps) => {
  const filter = filters.find((one) => one.key === show) ?? filters[0]
  const list = certificates.list.filter((one) => filter?.takes(one) ?? true)
  const isListed = opened === null || list.some((one) => one.certificateId === opened)
  return (
    <section aria-label="Certificates" className="mt-3 rounded-panel border border-line">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2">
        <h2 className="font-semibold">Certificates</h2>
        <p className="hidden text-sec text-text-3 desk:block">what was stopped, why, and the proof that it is gone</p>
        <span className="flex-1" />
        <nav aria-label="Which certificates" className="flex gap-0.5 rounded-control bg-raised p-0.5">
          {filters.map(({ key, name }) => (
            <RouteLink
              key={key}
              to="/processes"
              search={place({ show: key })}
              activeOptions={{ exact: true }}
              aria-current={filter?.key === key ? "page" : undefined}
              className="inline-flex h-6 items-center rounded-chip px-2 text-sec text-text-2 aria-[current]:bg-surface aria-[current]:text-text coarse:h-11"
            >
              {name}
            </RouteLink>
          ))}
        </nav>
        <Button weight="quiet" onClick={() => exportJson(list)} disabled={list.length === 0}>
          <Download size={13} strokeWidth={1.75} aria-hidden />
          Export JSON
        </Button>
      </header>
      {!isListed && (
        <div className="px-4 pb-2">
          <CertificateCard certificateId={opened} />
        </div>
      )}
      {list.map((certificate) => (
        <CertificateRow key={certificate.certificateId} certificate={certificate} isAsked={certificate.certificateId === opened} />
      ))}
      {list.length === 0 && certificates.isLoaded && (
        <p className="px-4 py-6 text-center text-text-3">
          {certificates.list.length === 0 ? "Nothing was stopped yet. Each stop leaves its certificate here." : "None of this kind."}
        </p>
      )}
      {certificates.more && (
        <div className="flex justify-center p-2">
          <Button weight="quiet" onClick={() => void certificates.fetchOlder().catch(() => undefined)}>
            Show older
          </Button>
        </div>
      )}
    </section>
  )
}

const exportJson = (list: readonly Certificate[]): void => {
  const url = URL.createObjectURL(new Blob([JSON.stringify(list, null, 2)], { type: "application/json" }))
  const link = document.createElement("a")
  link.href = url
  link.download = "corral-certificates.json"
  link.click()
  URL.revokeObjectURL(url)
}
