import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { pretend } from "./pretended.test-support.ts"
import { Ports } from "./ports.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const [server, other] = [
  { pid: 10, startedAt: 1 },
  { pid: 11, startedAt: 2 },
]

const made = () => {
  const asked: (readonly number[])[] = []
  const { s, drop } = pretend()
  drop()
  const portsOf = async (pids: readonly number[]) => {
    asked.push(pids)
    return { ports: new Map([[10, [5173]]]), workMillis: 2 }
  }
  return { asked, ports: new Ports({ ...s.containment, portsOf }) }
}

describe("the ports of a tree", () => {
  it("are those of the last look, and unknown of whoever could not be seen or came later", async () => {
    const { ports } = made()
    expect(await ports.refresh([server, other])).toBe(2)
    expect(ports.of(server)).toEqual([5173])
    expect(ports.of(other)).toBeUndefined()
    expect(ports.of({ pid: 10, startedAt: 7 })).toBeUndefined()
  })

  it("are looked for once in five seconds, however often they are asked for", async () => {
    const { asked, ports } = made()
    await Promise.all([ports.refresh([server]), ports.refresh([server])])
    await vi.advanceTimersByTimeAsync(4_900)
    expect(await ports.refresh([server])).toBe(0)
    expect(asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(await ports.refresh([server, other])).toBe(2)
    expect(asked).toEqual([[10], [10, 11]])
  })
})
