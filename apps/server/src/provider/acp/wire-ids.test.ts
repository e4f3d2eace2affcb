import { describe, expect, it } from "vitest"
import { WireIds } from "./wire-ids.ts"

const request = (id: number) => ({ jsonrpc: "2.0", id, method: "x" }) as const
const answer = (id: number) => ({ jsonrpc: "2.0", id, result: {} }) as const

describe("ids on the wire", () => {
  it("are the library's own for the first server, and no two servers' are the same", () => {
    const first = new WireIds(0)
    const second = new WireIds(first.next)
    expect(first.toWire(request(3))).toEqual(request(3))
    expect(second.toWire(request(3))).not.toEqual(request(3))
  })

  it("come back as what the library asked with, once", () => {
    const ids = new WireIds(1_000_000)
    const { id } = { id: -1, ...ids.toWire(request(3)) }
    expect(ids.fromWire(answer(Number(id)))).toEqual(answer(3))
    expect(ids.fromWire(answer(Number(id)))).toBe(null)
  })

  it("of a former server mean nobody here, except of the request that was adopted", () => {
    const ids = new WireIds(1_000_000)
    ids.toWire(request(0))
    ids.adopt(request(1), 7)
    expect(ids.fromWire(answer(0))).toBe(null)
    expect(ids.fromWire(answer(7))).toEqual(answer(1))
  })

  it("of the agent's own requests and of notifications are left alone", () => {
    const ids = new WireIds(1_000_000)
    expect(ids.fromWire(request(0))).toEqual(request(0))
    expect(ids.toWire(answer(0))).toEqual(answer(0))
    const notification = { jsonrpc: "2.0", method: "x" } as const
    expect(ids.toWire(notification)).toBe(notification)
  })
})
