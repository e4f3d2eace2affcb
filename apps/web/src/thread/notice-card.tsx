// A card over the composer: what is known of the thread, and the choice that only a person can make.
import type { ReactNode } from "react"

interface NoticeCardProps {
  readonly title: string
  readonly children: ReactNode
  /** What can be done. */
  readonly acts: ReactNode
}

export const NoticeCard = ({ title, children, acts }: NoticeCardProps) => (
  <section id="approval" tabIndex={-1} aria-label={title} className="mb-2 rounded-composer border border-attention bg-surface px-3.5 py-3">
    <h2 className="font-semibold">
      <span aria-hidden className="text-attention">
        ◆{" "}
      </span>
      {title}
    </h2>
    {children}
    <div className="mt-2.5 flex flex-wrap gap-1.5">{acts}</div>
  </section>
)
