// The little of a WebSocket that the client needs. A browser's and Node's own fit it, and so does a test's.

export interface SocketEvent {
  readonly type: string
  readonly data?: unknown
}

export interface WebSocketLike {
  /** Bytes given to `send` and not yet handed to the network. */
  readonly bufferedAmount: number
  send(text: string): void
  close(): void
  addEventListener(type: "open" | "message" | "close" | "error", listener: (event: SocketEvent) => void): void
}
