// Nothing was done, and why: the answer to an ask that cannot be followed.
import type { Refused } from "@corral/contracts/supervisor"

export class Refusal {
  readonly tag: Refused["tag"]
  readonly message: string

  constructor(tag: Refused["tag"], message: string) {
    this.tag = tag
    this.message = message
  }
}
