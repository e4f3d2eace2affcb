// The public API as bare frames, without the client package: what is measured is the server.
import { once } from "node:events"
import type { ClientCommand } from "@corral/contracts/command"
import { newId } from "@corral/client/ids"
import { openLine, type Corral } from "../stories/corral.ts"
import { isJson } from "../agents/stub-api/json.ts"

export interface RawLine {
  /** Resolves with the answer of one call; rejects where it was refused or rejected. */
  readonly ask: (call: string, payload: unknown) => Promise<unknown>
  /** Resolves with the first item of a stream, and how many bytes of frames had come by then. */
  readonly firstItem: (watch: string, payload: unknown) => Promise<{ readonly item: unknown; readonly bytes: number }>
  readonly close: () => void
}

export const openRaw = async (corral: Corral): Promise<RawLine> => {
  const socket = openLine(corral.address, corral.token)
  const waiting = new Map<number, { readonly resolve: (ok: unknown) => void; readonly reject: (error: Error) => void }>()
  let ids = 0
  let bytes = 0
  socket.addEventListener("message", ({ data }) => {
    if (typeof data !== "string") return
    const text = data
    bytes += Buffer.byteLength(text)
    const frame: unknown = JSON.parse(text)
    if (!isJson(frame) || typeof frame["id"] !== "number") return
    const asked = waiting.get(frame["id"])
    waiting.delete(frame["id"])
    if ("error" in frame) asked?.reject(new Error(JSON.stringify(frame["error"])))
    else asked?.resolve(frame["ok"] ?? frame["item"])
  })
  const opened = once(socket, "message")
  await Promise.race([opened, once(socket, "error").then(([error]) => Promise.reject(new Error(`no line: ${String(error)}`)))])
  const send = (frame: Readonly<Record<string, unknown>>) =>
    new Promise<unknown>((resolve, reject) => {
      ids += 1
      waiting.set(ids, { resolve, reject })
      socket.send(JSON.stringify({ id: ids, ...frame }))
    })
  return {
    ask: (call, payload) => send({ call, with: payload }),
    firstItem: async (watch, payload) => ({ item: await send({ watch, with: payload }), bytes }),
    close: () => socket.close(),
  }
}

/** A durable order: what comes back is the receipt. */
export const give = async (line: RawLine, command: ClientCommand): Promise<void> => {
  const receipt = await line.ask("dispatch", { commandId: newId("cmd"), command })
  if (!isJson(receipt) || receipt["_tag"] !== "accepted") throw new Error(`${command._tag}: ${JSON.stringify(receipt)}`)
}

/** All of them, never more than `atOnce` without a receipt. */
export const giveAll = async (line: RawLine, commands: readonly ClientCommand[], atOnce: number): Promise<void> => {
  const left = commands.values()
  const lane = async () => {
    for (const command of left) await give(line, command)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
