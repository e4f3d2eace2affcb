// Frames that wait for their answer: those of calls and those of orders, which differ in what a broken line means to them.
import type { ClientFrame } from "@corral/contracts/rpc"
import { type Disconnected, Refused } from "./errors.ts"
import type { AnswerFrame, Line, Part } from "./line.ts"

interface Waiting {
  readonly frame: ClientFrame
  readonly settle: (ok: unknown) => void
  readonly fail: (error: Refused | Disconnected) => void
}

/** `most`: waiting at once. `isSentAgain`: a broken line does not end them; they are sent again on the next one, in their order. */
export interface PendingOptions {
  readonly most: number
  readonly isSentAgain: boolean
}

export class Pending implements Part {
  readonly #line: Line
  readonly #options: PendingOptions
  readonly #waiting = new Map<number, Waiting>()

  constructor(line: Line, options: PendingOptions) {
    this.#line = line
    this.#options = options
  }

  ask(call: string, payload: unknown): Promise<unknown> {
    return new Promise((settle, fail) => {
      const ending = this.#line.ending()
      if (ending !== undefined) return fail(ending)
      if (this.#waiting.size >= this.#options.most) {
        return fail(
          new Refused({ tag: "Unavailable", message: `${this.#options.most} wait for the server already; this one was not sent.` }),
        )
      }
      const id = this.#line.nextId()
      const waiting = { frame: { id, call, with: payload }, settle, fail }
      this.#waiting.set(id, waiting)
      if (this.#line.isOpen()) this.#send(waiting)
    })
  }

  answer(frame: AnswerFrame): boolean {
    const waiting = frame.id === null ? undefined : this.#waiting.get(frame.id)
    if (frame.id === null || waiting === undefined) return false
    this.#waiting.delete(frame.id)
    if ("error" in frame) waiting.fail(new Refused(frame.error))
    else waiting.settle("ok" in frame ? frame.ok : undefined)
    return true
  }

  up(): void {
    for (const waiting of this.#waiting.values()) this.#send(waiting)
  }

  down(error: Disconnected): void {
    if (!this.#options.isSentAgain) this.over(error)
  }

  over(error: Refused | Disconnected): void {
    const left = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const waiting of left) waiting.fail(error)
  }

  #send(waiting: Waiting): void {
    const refused = this.#line.send(waiting.frame)
    if (refused === undefined) return
    this.#waiting.delete(waiting.frame.id)
    waiting.fail(refused)
  }
}
