// The WebSocket at `/rpc`: lets clients in, greets them, and finds out which of them are gone.
import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import { maxFrameBytes, rpcVersion } from "@corral/contracts/limits"
import type { Hello, Refusal } from "@corral/contracts/rpc"
import { WebSocket, WebSocketServer } from "ws"
import type { Auth, Caller } from "./auth.ts"
import { Connection, type Ground } from "./connection.ts"

/** Two beats without a sign of life end a connection. */
const beatMillis = 30_000
/** In the range that is free for applications; the number is HTTP's. */
const closeCodes = { Unauthorized: 4401, WrongVersion: 4426 } as const
/** For clients to answer the goodbye; browsers do at once. */
const goodbyeMillis = 500
const goingAway = 1001
const tooBig = 1009

/** Says why where the library closes without a word. */
class Socket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    super.close(code, code === tooBig ? `A frame may have ${maxFrameBytes} bytes at most.` : reason)
  }
}

export interface Door {
  readonly auth: Auth
  readonly ground: Ground
  readonly hello: Omit<Hello, "version">
}

export class Rpc {
  readonly #door: Door
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false, WebSocket: Socket })
  readonly #connections = new Map<WebSocket, Connection>()
  readonly #beats: NodeJS.Timeout

  constructor(door: Door) {
    this.#door = door
    this.#beats = setInterval(() => this.#connections.forEach((connection) => connection.beat()), beatMillis)
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on("error", () => stream.destroy())
    const url = URL.parse(request.url ?? "", "http://localhost")
    if (url?.pathname !== "/rpc") return hangUp(stream, "404 Not Found")
    if (!this.#door.auth.isOurs(request)) return hangUp(stream, "403 Forbidden")
    const caller = this.#door.auth.caller(request)
    // A browser's script sees nothing of a refused upgrade: it is let in to hear it in words.
    if (caller === undefined && request.headers.origin === undefined) return hangUp(stream, "401 Unauthorized")
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#greet(socket, caller, url.searchParams.get("version")))
  }

  /** Done when everybody has left: what was answered before is heard. */
  async close(): Promise<void> {
    clearInterval(this.#beats)
    const sockets = [...this.#connections.keys()]
    const left = sockets.map((socket) => new Promise((resolve) => socket.once("close", resolve)))
    for (const socket of sockets) socket.close(goingAway, "The server ends.")
    const patience = setTimeout(() => sockets.forEach((socket) => socket.terminate()), goodbyeMillis)
    await Promise.all(left)
    clearTimeout(patience)
  }

  #greet(socket: WebSocket, caller: Caller | undefined, version: string | null): void {
    // A frame that is too large or not UTF-8 ends its connection; `close` follows.
    socket.on("error", () => {})
    if (caller === undefined)
      return turnAway(socket, {
        tag: "Unauthorized",
        message: "Sign in first: run `corral` for a link, or send the token of this CORRAL_HOME.",
      })
    if (version !== null && version !== String(rpcVersion)) {
      return turnAway(socket, {
        tag: "WrongVersion",
        message: `This server speaks version ${rpcVersion}, not ${version}. Install the same version on both sides.`,
      })
    }
    this.#connections.set(socket, new Connection(socket, this.#door.ground, caller))
    socket.on("close", () => this.#connections.delete(socket))
    socket.send(JSON.stringify({ hello: { version: rpcVersion, ...this.#door.hello } }))
  }
}

const turnAway = (socket: WebSocket, refusal: Refusal & { readonly tag: keyof typeof closeCodes }): void => {
  socket.send(JSON.stringify({ id: null, error: refusal }))
  socket.close(closeCodes[refusal.tag], refusal.tag)
}

const hangUp = (stream: Duplex, status: string): void =>
  void stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
