// A model API on loopback that answers by script: Anthropic Messages with streaming, enough of it for the real Claude.
import { createServer } from "node:http"
import { answer, type StubRequest } from "./answer.ts"

/** More than a story asks for; the oldest go first. */
const keptRequests = 5_000

export interface Stub {
  readonly url: string
  /** Every question to the model, oldest first; asides (titles, probes) too. */
  readonly requests: readonly StubRequest[]
  /** The first question there is, or will be, that fits. No deadline: the caller has one. */
  readonly asked: (fits: (request: StubRequest) => boolean) => Promise<StubRequest>
  /** Answers that hang now. */
  readonly hanging: () => number
  /** Lets every hanging answer end. */
  readonly release: () => void
  readonly close: () => Promise<void>
}

export interface StubOptions {
  /** 0: any free one. */
  readonly port: number
  readonly onRequest?: (request: StubRequest) => void
}

export const startStub = async ({ port, onRequest }: StubOptions): Promise<Stub> => {
  const requests: StubRequest[] = []
  const hanging = new Set<() => void>()
  const listeners = new Set(onRequest === undefined ? [] : [onRequest])
  const keep = (request: StubRequest) => {
    requests.push(request)
    if (requests.length > keptRequests) requests.shift()
    for (const listener of listeners) listener(request)
  }
  const server = createServer((request, response) => {
    void answer(request, response, { keep, hanging }).catch(() => response.destroy())
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", resolve)
  })
  const release = () => [...hanging].forEach((letGo) => letGo())
  return {
    url: urlOf(server.address()),
    requests,
    asked: (fits) => asked(requests, listeners, fits),
    hanging: () => hanging.size,
    release,
    close: () => {
      release()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const urlOf = (address: ReturnType<ReturnType<typeof createServer>["address"]>): string => {
  if (address === null || typeof address === "string") throw new Error("The stub has no port")
  return `http://127.0.0.1:${address.port}`
}

const asked = (
  requests: readonly StubRequest[],
  listeners: Set<(request: StubRequest) => void>,
  fits: (request: StubRequest) => boolean,
): Promise<StubRequest> =>
  new Promise((resolve) => {
    const known = requests.find(fits)
    if (known !== undefined) return resolve(known)
    const listener = (request: StubRequest) => {
      if (!fits(request)) return
      listeners.delete(listener)
      resolve(request)
    }
    listeners.add(listener)
  })
