// What goes out to one client. Nothing piles up for a slow one: while it is behind, streams are dropped and nothing more is taken from it.
import type { ServerFrame } from "@corral/contracts/rpc"
import type { WebSocket } from "ws"

/** More than this unsent, and the client is behind. A fresh snapshot of a thread is half of it at most. */
export const behindBytes = 4 * 1024 * 1024
/** Back to so little, and it has caught up. */
const caughtUpBytes = 64 * 1024

export class Outbound {
  readonly #socket: WebSocket
  readonly #onCaughtUp: () => void
  #isBehind = false

  constructor(socket: WebSocket, onCaughtUp: () => void) {
    this.#socket = socket
    this.#onCaughtUp = onCaughtUp
  }

  get isBehind(): boolean {
    return this.#isBehind
  }

  send(frame: ServerFrame): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    this.#socket.send(JSON.stringify(frame), () => this.#sent())
    if (this.#socket.bufferedAmount > behindBytes) this.#isBehind = true
  }

  #sent(): void {
    if (!this.#isBehind || this.#socket.bufferedAmount > caughtUpBytes) return
    this.#isBehind = false
    this.#onCaughtUp()
  }
}
