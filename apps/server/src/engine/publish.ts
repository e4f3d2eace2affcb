// Tells what has become durable, and text on its way.
import type { Certificate } from "@corral/contracts/certificate"
import type { Commit } from "./commit.ts"
import { Listeners } from "./listeners.ts"
import { LiveText, type LivePieces } from "./live.ts"

export class Told {
  readonly commits: Listeners<Commit>
  readonly certificates: Listeners<Certificate>
  readonly frames: Listeners<LivePieces>
  readonly live: LiveText

  constructor(report: (defect: unknown) => void) {
    this.commits = new Listeners(report)
    this.certificates = new Listeners(report)
    this.frames = new Listeners(report)
    this.live = new LiveText(this.frames.tell)
  }

  /** Live text goes first: whoever opens a thread because of this commit must not find text in both places. */
  publish(commit: Commit): void {
    this.live.settle(commit.stored)
    this.commits.tell(commit)
    for (const certificate of commit.certificates) this.certificates.tell(certificate)
  }
}
