// What a call, an order or a stream can fail with: the server says no, or the line is not there.
import type { Refusal } from "@corral/contracts/rpc"

/** The server said no. `tag` says why; `message` names the thing and the next step, for people. */
export class Refused extends Error {
  readonly tag: Refusal["tag"]

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.name = "Refused"
    this.tag = refusal.tag
  }
}

/** The line broke or could not be opened. Whether the server has done what was asked is not known. */
export class Disconnected extends Error {
  constructor(message: string) {
    super(message)
    this.name = "Disconnected"
  }
}
