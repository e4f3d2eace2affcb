// The library counts its requests from the beginning in each server. On the wire they are told apart, so that an answer which was meant for
// a former server is not taken for one of ours.
import type { AnyMessage } from "@agentclientprotocol/sdk"

/** More requests than one server makes of one agent. */
const perServer = 1_000_000

export class WireIds {
  readonly #base: number
  /** Open requests: their id on the wire → the library's. */
  readonly #open = new Map<number, number>()

  /** `base` 0: the first server that this agent speaks with. */
  constructor(base: number) {
    this.#base = base
  }

  /** Where the ids of the next server begin. */
  get next(): number {
    return this.#base + perServer
  }

  /** A request of ours gets its id on the wire; anything else goes as it is. */
  toWire(message: AnyMessage): AnyMessage {
    if (!("method" in message && "id" in message) || typeof message.id !== "number") return message
    this.#open.set(message.id + this.#base, message.id)
    return { ...message, id: message.id + this.#base }
  }

  /** This request was sent by a former server, under this id. */
  adopt(message: AnyMessage, wireId: number): void {
    if ("id" in message && typeof message.id === "number") this.#open.set(wireId, message.id)
  }

  /** Null: an answer that nobody here waits for. */
  fromWire(message: AnyMessage): AnyMessage | null {
    if ("method" in message || !("id" in message) || typeof message.id !== "number") return message
    const ours = this.#open.get(message.id)
    this.#open.delete(message.id)
    return ours === undefined ? null : { ...message, id: ours }
  }
}
