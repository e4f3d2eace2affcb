// The line to an agent as the ACP library wants it: a stream of JSON-RPC messages each way. Ending the stream asks for the ladder.
import type { AnyMessage, Stream } from "@agentclientprotocol/sdk"
import type { AgentLine, Exit } from "../provider.ts"

export interface AgentStream {
  readonly stream: Stream
  /** Null: it lives. */
  readonly exit: () => Exit | null
  readonly onExit: (listener: (exit: Exit) => void) => void
  /** Resolves when the next message of this method is in the agent's pipe. */
  readonly written: (method: string) => Promise<void>
  /** The conversation is over for us; the agent is left alone. */
  readonly release: () => void
}

export function makeAgentStream(line: AgentLine): AgentStream {
  let exit: Exit | null = null
  let isReleased = false
  const exitListeners: ((exit: Exit) => void)[] = []
  const writing = new Map<string, () => void>()
  const requestStop = () => {
    if (!isReleased && exit === null) line.requestStop()
  }
  const readable = new ReadableStream<AnyMessage>({
    start: (controller) => {
      line.onLine((text) => {
        const message = parse(text)
        if (!isReleased && exit === null && message !== undefined) controller.enqueue(message)
      })
      line.onExit((told) => {
        exit = told
        controller.close()
        for (const listener of exitListeners) listener(told)
      })
    },
    cancel: requestStop,
  })
  const writable = new WritableStream<AnyMessage>({
    write: async (message) => {
      if (isReleased) return
      await line.write([JSON.stringify(message)])
      if ("method" in message) writing.get(message.method)?.()
    },
    close: requestStop,
    abort: requestStop,
  })
  return {
    stream: { readable, writable },
    exit: () => exit,
    onExit: (listener) => exitListeners.push(listener),
    written: (method) => new Promise((resolve) => writing.set(method, resolve)),
    release: () => (isReleased = true),
  }
}

/** Undefined: not JSON-RPC. Agents and what they start print stray words on stdout; those are no reason to give up. */
function parse(text: string): AnyMessage | undefined {
  if (!text.startsWith("{")) return undefined
  try {
    const message: unknown = JSON.parse(text)
    return isMessage(message) ? message : undefined
  } catch {
    return undefined
  }
}

const isMessage = (value: unknown): value is AnyMessage => typeof value === "object" && value !== null && "jsonrpc" in value
