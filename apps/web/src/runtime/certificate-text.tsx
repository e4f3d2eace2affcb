// A certificate in full: why, who asked, what it was started for, each rung with its time and who was left, what was signalled on what evidence, the proof.
import type { ReactNode } from "react"
import type { Certificate } from "@corral/contracts/certificate"
import { CopyButton } from "../ui/copy-button.tsx"
import { stopAskerWords } from "@corral/domain/views/stop-asker-words"
import { wokenWords } from "@corral/domain/views/woken-words"
import { formatBytes } from "../ui/format-bytes.ts"
import { formatDuration, formatFull } from "../ui/format-time.ts"
import { reasonWords } from "./reason-words.ts"
import { rungWords } from "./rung-words.ts"
import { untoldWords } from "./untold-words.ts"

const outcomes = {
  gone: "gone: the tree was seen empty",
  released: "released: the session left a process tree that serves other threads",
  stuck: "stuck: something is still there",
} as const

export const CertificateText = ({ certificate }: { readonly certificate: Certificate }) => (
  <div className="numbers rounded-control border border-line bg-canvas px-3.5 py-2.5 text-sec">
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      <Fact name="Outcome">
        {outcomes[certificate.outcome]}
        {certificate.unseen !== undefined && ", as far as could be seen"}; {certificate.left} left, checked{" "}
        {formatFull(certificate.checkedAt)}
      </Fact>
      {certificate.unseen !== undefined && (
        <Fact name="Not seen">{certificate.unseen}. What is said here is said of what could be seen.</Fact>
      )}
      <Fact name="Reason">{reasonWords[certificate.reason]}</Fact>
      <Fact name="Asked by">{stopAskerWords(certificate)}</Fact>
      {certificate.woken !== undefined && (
        <Fact name="Started">
          {formatFull(certificate.woken.at)}, {wokenWords(certificate.woken)}
        </Fact>
      )}
      <Fact name="Rungs">
        {certificate.rungs.length === 0
          ? "none was needed: it was already gone"
          : certificate.rungs.map((rung) => `${rungWords[rung.name]} ${formatDuration(rung.millis)}, ${rung.left} left`).join(" › ")}
      </Fact>
      <Fact name="Freed">{formatBytes(certificate.freedBytes)}: memory seen before, less what was left</Fact>
      {certificate.exit !== null && <Fact name="Exit">{exitWords(certificate.exit)}</Fact>}
      {certificate.killed.length > 0 && (
        <Fact name="Signalled">
          <Processes all={certificate.killed.map((one) => ({ ...one, note: `${one.signal}, known by ${one.evidence}` }))} />
        </Fact>
      )}
      {certificate.survivors.length > 0 && (
        <Fact name="Still there">
          <Processes all={certificate.survivors.map((one) => ({ ...one, note: `known by ${one.evidence}` }))} />
        </Fact>
      )}
      {certificate.untagged > 0 && <Fact name="Whose is unknown">{untoldWords(certificate.untagged)}</Fact>}
      <Fact name="Watched by">
        {certificate.tier} · tree <code>{certificate.treeId}</code> · {certificate.provider}
      </Fact>
    </dl>
    <div className="-mb-1 flex justify-end">
      <CopyButton text={() => JSON.stringify(certificate, null, 2)} label="Copy the certificate as JSON">
        Copy JSON
      </CopyButton>
    </div>
  </div>
)

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-text-3">{name}</dt>
    <dd className="min-w-0 break-words text-text-2">{children}</dd>
  </>
)

interface Shown {
  readonly pid: number
  readonly startedAt: number
  readonly command: string
  readonly note: string
}

const Processes = ({ all }: { readonly all: readonly Shown[] }) => (
  <ul>
    {all.map((one) => (
      <li key={`${one.pid}.${one.startedAt}`} className="break-all">
        <code>{one.command}</code>{" "}
        <span className="text-text-3">
          pid {one.pid}, {one.note}
        </span>
      </li>
    ))}
  </ul>
)

const exitWords = ({ code, signal }: NonNullable<Certificate["exit"]>): string =>
  signal === null ? `the agent left with code ${code ?? "unknown"}` : `the agent was ended by ${signal}`
