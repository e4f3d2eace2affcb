// The approvals and questions that an agent waits for: each is answered once, or withdrawn.
import type { RequestId } from "@corral/contracts/ids"
import type { Answer, Request } from "@corral/contracts/turn"
import type { AgentEvent } from "./provider.ts"

export class Requests {
  readonly #tell: (event: AgentEvent) => void
  readonly #open = new Map<RequestId, (answer: Answer | null) => void>()

  constructor(tell: (event: AgentEvent) => void) {
    this.#tell = tell
  }

  get isEmpty(): boolean {
    return this.#open.size === 0
  }

  /** Resolves with the answer; null when it was withdrawn. The same id again (an agent that asks anew) takes the first one's place. */
  ask(request: Request): Promise<Answer | null> {
    return new Promise((resolve) => {
      this.#open.get(request.requestId)?.(null)
      this.#open.set(request.requestId, resolve)
      this.#tell({ _tag: "request", request })
    })
  }

  /** False: nobody waits for this answer. */
  answer(requestId: RequestId, answer: Answer): boolean {
    const resolve = this.#open.get(requestId)
    this.#open.delete(requestId)
    resolve?.(answer)
    return resolve !== undefined
  }

  /** Not open: nothing happens. */
  withdraw(requestId: RequestId): void {
    const resolve = this.#open.get(requestId)
    if (resolve === undefined) return
    this.#open.delete(requestId)
    this.#tell({ _tag: "withdrawn", requestId })
    resolve(null)
  }

  withdrawAll(): void {
    for (const requestId of this.#open.keys()) this.withdraw(requestId)
  }
}
