// The keyed store, flushed by hand.
import { describe, expect, it } from "vitest"
import { Store } from "./store.ts"

describe("a keyed store", () => {
  it("tells the listeners of a key once a flush, and nobody else", () => {
    const { store, flush, told } = bed()
    store.set("a", 1)
    store.set("a", 2)
    expect(store.get("a")).toBe(2)
    expect(told).toEqual([])
    flush()
    expect(told).toEqual(["keys", "a"])
  })

  it("tells nobody when nothing changed", () => {
    const { store, flush, told } = bed()
    store.set("a", 1)
    flush()
    told.length = 0
    store.set("a", 1)
    store.replace([["a", 1]])
    store.delete("b")
    expect(flush()).toBe(false)
    expect(told).toEqual([])
  })

  it("replaces all, telling only of what differs", () => {
    const { store, flush, told } = bed()
    store.replace([
      ["a", 1],
      ["b", 1],
    ])
    flush()
    told.length = 0
    const keys = store.keys()
    store.replace([
      ["a", 1],
      ["b", 2],
    ])
    flush()
    expect(told).toEqual(["b"])
    expect(store.keys()).toBe(keys)
    store.replace([["b", 2]])
    flush()
    expect(told).toEqual(["b", "keys", "a"])
    expect(store.keys()).toEqual(["b"])
  })

  it("notices that only the order changed", () => {
    const { store, flush, told } = bed()
    store.replace([
      ["a", 1],
      ["b", 1],
    ])
    flush()
    told.length = 0
    store.replace([
      ["b", 1],
      ["a", 1],
    ])
    flush()
    expect(told).toEqual(["keys"])
    expect(store.keys()).toEqual(["b", "a"])
  })

  it("tells a listener no more once it stopped listening", () => {
    const { store, flush, told } = bed()
    const stop = store.listen("c", () => told.push("c"))
    stop()
    stop()
    store.set("c", 1)
    flush()
    expect(told).toEqual(["keys"])
  })

  it("makes another round for what a listener changes", () => {
    const { store, flush } = bed()
    store.listen("a", () => store.set("d", store.get("a") ?? 0))
    store.set("a", 4)
    flush()
    expect(flush()).toBe(true)
    expect(store.get("d")).toBe(4)
  })
})

function bed() {
  let scheduled: (() => void) | undefined
  const store = new Store<string, number>((flush) => (scheduled = flush))
  const told: string[] = []
  store.listenKeys(() => told.push("keys"))
  store.listen("a", () => told.push("a"))
  store.listen("b", () => told.push("b"))
  const flush = () => {
    const run = scheduled
    scheduled = undefined
    run?.()
    return run !== undefined
  }
  return { store, told, flush }
}
