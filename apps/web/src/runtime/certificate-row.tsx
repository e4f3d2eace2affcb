// One certificate as a line that opens to its full text.
import { Check, ChevronDown, ChevronRight, Share2, TriangleAlert } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import type { Certificate } from "@corral/contracts/certificate"
import { stopAskerWords } from "@corral/domain/views/stop-asker-words"
import { outcomeWords } from "@corral/domain/views/outcome-words"
import { useLink } from "../link/link.ts"
import { useKey } from "../link/use-key.ts"
import { counted } from "../ui/counted.ts"
import { cx } from "../ui/cx.ts"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatDuration, formatFull, formatTimeOfDay } from "../ui/format-time.ts"
import { CertificateText } from "./certificate-text.tsx"
import { reasonWords } from "./reason-words.ts"
import { rungWords } from "./rung-words.ts"

interface CertificateRowProps {
  readonly certificate: Certificate
  readonly isAsked: boolean
}

const icons = { gone: Check, released: Share2, stuck: TriangleAlert } as const
const tones = { gone: "text-ok", released: "text-done", stuck: "text-danger" } as const

const toneOf = ({ outcome, unseen }: Certificate): string =>
  unseen !== undefined && outcome === "gone" ? "text-attention" : tones[outcome]

export const CertificateRow = ({ certificate, isAsked }: CertificateRowProps) => {
  const [choice, setChoice] = useState<boolean | null>(null)
  const isOpen = choice ?? isAsked
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isAsked) line.current?.scrollIntoView({ block: "center" })
  }, [isAsked])
  const titleNow = useKey(useLink().shell.threads, certificate.threadIds[0] ?? null)?.title
  const title = titleNow ?? (certificate.titles?.[0] || "a thread that is gone")
  const Icon = icons[certificate.outcome]
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <div ref={line} className="border-b border-line last:border-0">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setChoice(!isOpen)}
        className="focus-inset numbers flex min-h-9 w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-1.5 text-left text-sec hover:bg-raised coarse:min-h-11"
      >
        <span title={formatFull(certificate.endedAt)} className="text-text-3">
          {formatTimeOfDay(certificate.endedAt)}
        </span>
        <Icon size={14} strokeWidth={2} aria-label={outcomeWords(certificate)} className={cx("shrink-0", toneOf(certificate))} />
        <span className="min-w-0 flex-1 basis-56">
          <span className="font-medium text-text">{title}</span> <span className="text-text-2">{reasonWords[certificate.reason]}</span>{" "}
          <span className="text-text-3">· {summaryOf(certificate)}</span>
        </span>
        <span className={certificate.left === 0 ? "text-text-2" : "text-danger"}>
          {certificate.left} left{certificate.unseen !== undefined && " as far as could be seen"}, checked{" "}
          {formatTimeOfDay(certificate.checkedAt)}
        </span>
        <Chevron size={12} strokeWidth={1.75} aria-hidden className="text-text-3" />
      </button>
      {isOpen && (
        <div className="px-4 pb-3">
          <CertificateText certificate={certificate} />
        </div>
      )}
    </div>
  )
}

const summaryOf = (certificate: Certificate): string => {
  const rung = certificate.rungs.at(-1)
  return [
    // What left by itself says so already.
    ...(certificate.reason === "exited" ? [] : [`asked by ${stopAskerWords(certificate)}`]),
    rung === undefined ? "already gone" : rungWords[rung.name],
    counted(certificate.killed.length, "signal"),
    formatDuration(certificate.endedAt - certificate.startedAt),
    `freed ${formatBytes(certificate.freedBytes)}`,
  ].join(" · ")
}
