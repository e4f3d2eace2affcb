// Drafts outlive the page: saved soon after typing, and at the latest when the page goes.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"

const stored = new Map<string, string>()
const pageListeners = new Map<string, () => void>()

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetModules()
  stored.clear()
  pageListeners.clear()
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
    removeItem: (key: string) => stored.delete(key),
  })
  const addEventListener = (type: string, listener: () => void) => pageListeners.set(type, listener)
  vi.stubGlobal("window", { setTimeout, clearTimeout, addEventListener })
  vi.stubGlobal("document", { addEventListener, hidden: false })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const load = () => import("./drafts.ts")

describe("a draft", () => {
  it("is saved within a quarter of a second of the first key, not of the last", async () => {
    const { writeDraft } = await load()
    writeDraft("thr_1", "h")
    vi.advanceTimersByTime(200)
    writeDraft("thr_1", "hello")
    vi.advanceTimersByTime(50)
    expect(stored.get("corral.draft.thr_1")).toBe("hello")
  })

  it("is saved at once when the page goes", async () => {
    const { keepDraftsOnLeave, writeDraft } = await load()
    keepDraftsOnLeave()
    writeDraft("thr_1", "typed")
    pageListeners.get("pagehide")?.()
    expect(stored.get("corral.draft.thr_1")).toBe("typed")
  })

  it("is read back by a new page", async () => {
    stored.set("corral.draft.thr_1", "from before")
    const { readDraft } = await load()
    expect(readDraft("thr_1")).toBe("from before")
    expect(readDraft("thr_2")).toBe("")
  })

  it("leaves nothing behind when it is emptied", async () => {
    stored.set("corral.draft.thr_1", "from before")
    const { saveDrafts, writeDraft } = await load()
    writeDraft("thr_1", "")
    saveDrafts()
    expect(stored.size).toBe(0)
  })

  it("does without a store", async () => {
    const { readDraft, saveDrafts, writeDraft } = await load()
    vi.stubGlobal("localStorage", undefined)
    writeDraft("thr_1", "kept in memory")
    saveDrafts()
    expect(readDraft("thr_1")).toBe("kept in memory")
  })

  it("keeps what was typed while the send was under way", async () => {
    const { afterSend } = await load()
    expect(afterSend("hello", "hello")).toBe("")
    expect(afterSend("hello\nand more", "hello")).toBe("and more")
    expect(afterSend("something else", "hello")).toBe("something else")
  })
})
