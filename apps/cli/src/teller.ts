// Tells a thread's conversation as it happens, each character once, whether it came live, with an event or after a reconnect.
import type { Event } from "@corral/contracts/event"
import type { ItemId, TurnId } from "@corral/contracts/ids"
import type { Live, ThreadItem } from "@corral/contracts/rpc"
import type { Thread } from "@corral/contracts/thread"
import type { Piece, Request, Row, TurnOutcome } from "@corral/contracts/turn"
import { outcomeWords } from "@corral/domain/views/outcome-words"
import { bytes } from "./format.ts"

/** Where it is told: the agent's prose as it streams, and whole lines about everything else. */
export interface Ears {
  readonly prose: (text: string) => void
  readonly thought: (text: string) => void
  readonly line: (text: string, tone: "user" | "plain" | "warning" | "error") => void
  readonly request: (request: Request) => void
  readonly ended: (outcome: TurnOutcome, error: string | null) => void
}

type Chunk = Pick<Live, "itemId" | "turnId" | "offset" | "text">

export class Teller {
  readonly #ears: Ears
  /** Only this turn is told, where there is one. */
  readonly #only: TurnId | null
  /** How far each row was told, in UTF-16 units; of rows that are no text, that they were told. */
  readonly #told = new Map<string, number>()
  #open: ItemId | null = null
  #endsInLine = true
  #isFirst = true

  constructor(ears: Ears, only: TurnId | null = null) {
    this.#ears = ears
    this.#only = only
  }

  item(item: ThreadItem): void {
    if (item._tag === "snapshot") this.#snapshot(item)
    if (item._tag === "events") for (const { event } of item.events) this.#event(event)
    if (item._tag === "live") for (const piece of item.pieces) this.#live(piece)
  }

  /** What was there before we came is not told, except of the turn that runs. */
  #snapshot({ thread, rows, live }: Extract<ThreadItem, { _tag: "snapshot" }>): void {
    const running = thread.turn?.turnId
    for (const { row } of rows) {
      const isOld = this.#isFirst && (running === undefined || turnOf(row) !== running)
      if (isOld) this.#told.set(row.itemId, "text" in row ? row.text.length : 0)
      else this.#row(row)
    }
    for (const piece of live) this.#live(piece)
    this.#requests(thread)
    this.#isFirst = false
  }

  #row(row: Row): void {
    if (row._tag === "text" || row._tag === "thinking") return this.#chunk({ ...row, offset: 0 }, row._tag)
    if (row._tag === "tool") return this.#once(row, () => this.#line(`▸ ${row.title}`))
    if (row._tag === "notice") return this.#once(row, () => this.#line(row.text, toneOf(row.level)))
    if (row._tag === "user") return this.#once(row, () => this.#line(`› ${row.text}`, "user"))
  }

  #requests({ requests }: Thread): void {
    for (const request of requests) this.#request(request)
  }

  #event(event: Event): void {
    switch (event._tag) {
      case "turn.recorded":
        return event.pieces.forEach((piece) => this.#piece(piece))
      case "turn.request-opened":
        return this.#request(event.request)
      case "turn.started":
        return this.#once({ itemId: event.turnId, turnId: event.turnId }, () => this.#line(`› ${event.text}`, "user"))
      case "turn.completed":
        return this.#once({ itemId: `end:${event.turnId}`, turnId: event.turnId }, () => {
          this.#endProse()
          this.#ears.ended(event.outcome, event.error)
        })
      case "runtime.stopped":
        return this.#line(`■ ${outcomeWords(event)} (${event.reason}): ${bytes(event.freedBytes)} freed, ${event.left} left`)
      case "runtime.failed":
        return this.#line(`✗ ${event.error}`, "error")
      default:
        return undefined
    }
  }

  #piece(piece: Piece): void {
    if (piece._tag === "text" || piece._tag === "thinking") return this.#chunk(piece, piece._tag)
    if (piece._tag === "tool-started") return this.#once(piece, () => this.#line(`▸ ${piece.title}`))
    if (piece._tag === "notice") return this.#once(piece, () => this.#line(piece.text, toneOf(piece.level)))
    if (piece._tag === "tool-ended" && piece.status !== "done" && this.#told.has(piece.itemId)) this.#line(`  ${piece.status}`, "warning")
  }

  #live(piece: Live): void {
    if (piece.kind !== "output") this.#chunk(piece, piece.kind)
  }

  #chunk({ itemId, turnId, offset, text }: Chunk, kind: "text" | "thinking"): void {
    if (!this.#isMeant(turnId)) return
    const told = this.#told.get(itemId) ?? 0
    const fresh = text.slice(Math.max(0, told - offset))
    if (fresh === "" || offset > told) return // the gap is filled by the event that brings the whole
    if (this.#open !== itemId) this.#endProse()
    this.#open = itemId
    this.#endsInLine = fresh.endsWith("\n")
    this.#told.set(itemId, told + fresh.length)
    if (kind === "text") this.#ears.prose(fresh)
    else this.#ears.thought(fresh)
  }

  #request(request: Request): void {
    this.#once({ itemId: `request:${request.requestId}`, turnId: request.turnId }, () => {
      this.#endProse()
      this.#ears.request(request)
    })
  }

  #once({ itemId, turnId }: { readonly itemId: string; readonly turnId: TurnId | null }, tell: () => void): void {
    if (this.#told.has(itemId) || !this.#isMeant(turnId)) return
    this.#told.set(itemId, 0)
    tell()
  }

  #line(text: string, tone: Parameters<Ears["line"]>[1] = "plain"): void {
    this.#endProse()
    this.#ears.line(text, tone)
  }

  #endProse(): void {
    if (!this.#endsInLine) this.#ears.prose("\n")
    this.#endsInLine = true
    this.#open = null
  }

  #isMeant(turnId: TurnId | null): boolean {
    return this.#only === null || this.#only === turnId
  }
}

function turnOf(row: Row): TurnId | null {
  return "turnId" in row ? row.turnId : null
}

function toneOf(level: "info" | "warning" | "error"): "plain" | "warning" | "error" {
  return level === "info" ? "plain" : level
}
