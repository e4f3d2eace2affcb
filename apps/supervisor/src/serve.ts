// The socket: one server at the other end of the line. Bad frames are answered and harm nobody; a broken line begins the hold.
// Node cannot ask a socket for its peer's user, so the door is the file system: a 0600 socket in a 0700 folder of our own.
import { chmodSync, rmSync } from "node:fs"
import { createServer, type Server, type Socket } from "node:net"
import { maxFrameBytes, supervisorVersion } from "@corral/contracts/limits"
import type { SupervisorHello, SupervisorLine } from "@corral/contracts/supervisor"
import { answer } from "./answer.ts"
import { acknowledge, detachAll } from "./attach.ts"
import { ack, asked, isAsk, takes } from "./contract.ts"
import { cutLines } from "./cut-lines.ts"
import type { Hold } from "./hold.ts"
import { Refusal } from "./refusal.ts"
import type { Supervision } from "./supervision.ts"

/** One server, and a few who knock. */
const maxConnections = 16
/** Asks of one connection that are not answered yet. */
const maxOpenAsks = 1024
/** A server that reads nothing for so long is cut off; its trees are held, and what it has not acknowledged is told again. */
const maxUnreadBytes = 512 * 1024 * 1024

export interface Doorman {
  readonly s: Supervision
  readonly hold: Hold
  readonly greet: () => SupervisorHello
  /** A server that left with `stop` has gone: nothing is left to do here. */
  readonly onStopped: () => void
}

/** Resolves when servers can come. Rejects where the socket cannot be made. */
export function openDoor(doorman: Doorman): Promise<Server> {
  const { socket } = doorman.s.home
  // The lock is ours, so a socket file that is there has nobody behind it.
  rmSync(socket, { force: true })
  const server = createServer((connection) => new Visit(doorman, connection))
  server.maxConnections = maxConnections
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(socket, () => {
      chmodSync(socket, 0o600)
      resolve(server)
    })
  })
}

class Visit {
  readonly #doorman: Doorman
  readonly #socket: Socket
  readonly #decoder = new TextDecoder("utf-8", { fatal: true })
  readonly #listener = (frame: Buffer): void => this.#write(frame)
  #openAsks = 0
  #isStopping = false

  constructor(doorman: Doorman, socket: Socket) {
    this.#doorman = doorman
    this.#socket = socket
    const cutter = cutLines(
      maxFrameBytes,
      (line) => this.#hear(line),
      (bytes) => this.#refuse(null, new Refusal("too-large", `a frame of over ${bytes} bytes; the most is ${maxFrameBytes}`)),
    )
    socket.on("data", (chunk: Buffer) => cutter.push(chunk))
    socket.on("error", () => {})
    socket.on("close", () => this.#left())
    this.#send({ hello: doorman.greet() })
  }

  get #isOnLine(): boolean {
    return this.#doorman.s.line.listener === this.#listener
  }

  #hear(line: Buffer): void {
    const frame = this.#parse(line)
    if (frame === undefined) return this.#refuse(null, new Refusal("bad-frame", "not a line of JSON in UTF-8"))
    if (ack(frame)) return acknowledge(this.#doorman.s, frame.ack.treeId, frame.ack.n)
    if (!asked(frame)) return this.#refuse(null, new Refusal("bad-frame", "neither an ask with id and name, nor an acknowledgement"))
    void this.#answer(frame.id, frame.ask, "with" in frame ? frame.with : undefined)
  }

  #parse(line: Buffer): unknown {
    try {
      const frame: unknown = JSON.parse(this.#decoder.decode(line))
      return frame
    } catch {
      return undefined
    }
  }

  async #answer(id: number, ask: string, payload: unknown): Promise<void> {
    if (this.#openAsks >= maxOpenAsks) return this.#refuse(id, new Refusal("too-large", `${maxOpenAsks} asks are open already`))
    this.#openAsks += 1
    const result = await this.#follow(ask, payload)
    this.#openAsks -= 1
    if (result instanceof Refusal) this.#refuse(id, result)
    else this.#send({ id, ok: result })
  }

  async #follow(ask: string, payload: unknown): Promise<unknown> {
    if (!isAsk(ask)) return new Refusal("bad-request", `there is no ask ${JSON.stringify(ask.slice(0, 100))}`)
    if (ask === "hello") return this.#takeLine(payload)
    if (!this.#isOnLine) return new Refusal("bad-request", "say hello first")
    const result = await answer(this.#doorman.s, ask, payload)
    if (ask === "leave" && !(result instanceof Refusal) && takes.leave(payload)) this.#isStopping = payload.how === "stop"
    return result
  }

  #takeLine(payload: unknown): object | Refusal {
    if (!takes.hello(payload)) return new Refusal("bad-request", "a hello has a version, a pid and a hold time")
    if (payload.version !== supervisorVersion) {
      return new Refusal("wrong-version", `this supervisor speaks version ${supervisorVersion}, not ${payload.version}`)
    }
    const { s, hold } = this.#doorman
    if (s.line.listener && !this.#isOnLine) return new Refusal("busy", "another server is on the line")
    s.line.listener = this.#listener
    hold.end(payload.holdMillis)
    return {}
  }

  #left(): void {
    if (!this.#isOnLine) return
    const { s, hold, onStopped } = this.#doorman
    s.line.listener = null
    detachAll(s)
    if (this.#isStopping && s.trees.size === 0) onStopped()
    else hold.begin()
  }

  #refuse(id: number | null, { tag, message }: Refusal): void {
    this.#send({ id, error: { tag, message } })
  }

  #send(line: SupervisorLine): void {
    this.#write(Buffer.from(`${JSON.stringify(line)}\n`))
  }

  #write(frame: Buffer): void {
    if (!this.#socket.writable) return
    if (this.#socket.writableLength > maxUnreadBytes) this.#socket.destroy()
    else this.#socket.write(frame)
  }
}
