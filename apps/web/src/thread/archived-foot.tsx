// In place of the composer: this thread is archived, and the proof that nothing of it runs.
import { Archive } from "lucide-react"
import type { Thread } from "@corral/contracts/thread"
import { useOrder } from "../link/use-order.ts"
import { CertificateCard } from "../runtime/certificate-card.tsx"
import { Button } from "../ui/button.tsx"

export const ArchivedFoot = ({ thread }: { readonly thread: Thread }) => {
  const order = useOrder()
  const { state, lastStop } = thread.runtime
  const limit = lastStop?.unseen === undefined ? "" : ", as far as could be seen"
  return (
    <section aria-label="Archived" className="mb-2 rounded-composer border border-line bg-canvas px-3.5 py-3">
      <div className="flex flex-wrap items-center gap-2.5">
        <Archive size={15} strokeWidth={1.75} aria-hidden className="text-text-3" />
        <p className="flex-1 font-medium">
          {state === "asleep"
            ? `Archived. Nothing runs for it${limit}.`
            : state === "stuck"
              ? "Archived, but a process is still there."
              : "Archived. Its processes are being stopped…"}
        </p>
        <Button onClick={() => void order({ _tag: "thread.unarchive", threadId: thread.threadId })}>Unarchive</Button>
      </div>
      {lastStop !== null && state !== "stopping" && <CertificateCard certificateId={lastStop.certificateId} />}
    </section>
  )
}
