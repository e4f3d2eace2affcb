// One connection to the supervisor: JSON objects, one a line, each way.
import { createConnection, type Socket } from "node:net"
import { maxFrameBytes } from "@corral/contracts/limits"
import type { SupervisorLine } from "@corral/contracts/supervisor"

/** A line from the supervisor may carry an agent's line of `maxFrameBytes`, escaped as JSON once more. */
const maxLineBytes = 4 * maxFrameBytes

export interface Line {
  readonly send: (frame: unknown) => void
  readonly close: () => void
}

export interface LineEvents {
  readonly frame: (frame: SupervisorLine) => void
  /** Once, however it ended; `problem` names why. */
  readonly closed: (problem: string) => void
}

/** Our own supervisor of our own version is believed to send what the contract says; anything else is not an object with a known key. */
const isFrame = (value: unknown): value is SupervisorLine =>
  typeof value === "object" && value !== null && ("tell" in value || "hello" in value || "id" in value)

/** Connects once. `closed` is called also when the connection never stood. */
export const openLine = (path: string, events: LineEvents): Line => {
  const socket: Socket = createConnection(path)
  let problem = "the connection was closed"
  const read = linesOf((text) => {
    const frame = parse(text)
    if (frame === null) return socket.destroy(new Error("a line that is no frame"))
    events.frame(frame)
  })
  socket.setEncoding("utf8")
  socket.on("data", (chunk: string) => {
    if (!read(chunk)) socket.destroy(new Error(`a line over ${maxLineBytes} bytes`))
  })
  socket.on("error", (error) => {
    problem = error.message
  })
  socket.on("close", () => events.closed(problem))
  return {
    send: (frame) => void socket.write(`${JSON.stringify(frame)}\n`),
    close: () => socket.destroy(),
  }
}

const parse = (text: string): SupervisorLine | null => {
  try {
    const value: unknown = JSON.parse(text)
    return isFrame(value) ? value : null
  } catch {
    return null
  }
}

/** Cuts chunks at newlines; answers false when a line outgrows the bound. */
const linesOf = (onLine: (line: string) => void) => {
  let parts: string[] = []
  let size = 0
  return (chunk: string): boolean => {
    let from = 0
    for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", from)) {
      parts.push(chunk.slice(from, end))
      const line = parts.join("")
      parts = []
      size = 0
      from = end + 1
      if (line !== "") onLine(line)
    }
    parts.push(chunk.slice(from))
    size += chunk.length - from
    return size <= maxLineBytes
  }
}
