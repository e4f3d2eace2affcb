// Looks and plans of a living supervisor, with a program that a test plays.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { maxNamed, planMillis } from "@corral/contracts/limits"
import { Surveys } from "./surveys.ts"

const seen = { checkedAt: 1, memory: "shared-once", found: [], processes: 0, memoryBytes: 0 }
const plan = { named: [5], ends: [], memoryBytes: 0, refused: [] }
const refusedPlan = { ...plan, refused: [{ pid: 5, tag: "NotFound", message: "pid 5: there is no such process" }] }
const report = { outcome: "gone", killed: [], left: [], freedBytes: 0, millis: 1, checkedAt: 2, refused: [] }
const five = [{ pid: 5, start: 50 }]

/** One program that was started, and what it does next. */
class Played {
  readonly words: readonly string[]
  said: ((line: unknown) => void)[] = []
  agreed = 0
  isClosed = false
  leave: () => void = () => {}
  readonly left = new Promise<void>((resolve) => (this.leave = resolve))

  constructor(words: readonly string[]) {
    this.words = words
  }

  hear = (): Promise<unknown> => new Promise((resolve) => this.said.push(resolve))
  agree = (): void => void (this.agreed += 1)
  complaint = (): string => "it broke"
  close = (): void => {
    this.isClosed = true
    this.leave()
  }
  say(line: unknown): void {
    this.said.shift()?.(line)
  }
}

let started: Played[]
let surveys: Surveys

beforeEach(() => {
  vi.useFakeTimers()
  started = []
  surveys = new Surveys("/home/ada/.corral", (words) => {
    const played = new Played(words)
    started.push(played)
    return played
  })
})
afterEach(() => void vi.useRealTimers())

const planned = async (): Promise<string> => {
  const asked = surveys.planEnd(five)
  started.at(-1)?.say(plan)
  const given = await asked
  if (!("planId" in given) || given.planId === null) throw new Error("a plan was wanted")
  return given.planId
}

describe("a survey", () => {
  it("is one look at a time, and none that had begun before it was asked for", async () => {
    const [first, second, third] = [surveys.survey(), surveys.survey(), surveys.survey()]
    expect(started.map(({ words }) => words)).toEqual([["survey", "--home", "/home/ada/.corral"]])
    started[0]?.say({ ...seen, checkedAt: 10 })
    expect(await first).toMatchObject({ checkedAt: 10 })
    await vi.waitFor(() => expect(started).toHaveLength(2))
    started[1]?.say({ ...seen, checkedAt: 20 })
    expect(await Promise.all([second, third])).toMatchObject([{ checkedAt: 20 }, { checkedAt: 20 }])
    expect(started.every(({ isClosed }) => isClosed)).toBe(true)
  })

  it.each([[undefined], [{ ...seen, found: [{}] }]])("that said %j is a refusal with what the program complained of", async (said) => {
    const asked = surveys.survey()
    started[0]?.say(said)
    expect(await asked).toMatchObject({ tag: "no-survey", message: "The machine could not be looked at: it broke" })
    void surveys.survey()
    expect(started).toHaveLength(2)
  })
})

describe("a plan", () => {
  it("names each by pid and start, and waits", async () => {
    const planId = await planned()
    expect(started[0]?.words).toEqual(["end", "--home", "/home/ada/.corral", "5:50"])
    expect(started[0]).toMatchObject({ agreed: 0, isClosed: false })
    const ended = surveys.end(planId)
    expect(started[0]?.agreed).toBe(1)
    started[0]?.say(report)
    expect(await ended).toEqual(report)
  })

  it("is carried out once, however often it is asked for", async () => {
    const planId = await planned()
    const both = [surveys.end(planId), surveys.end(planId)]
    started[0]?.say(report)
    expect(await Promise.all([...both, surveys.end(planId)])).toEqual([report, report, report])
    expect([started.length, started[0]?.agreed]).toEqual([1, 1])
  })

  it("that is refused has no name by which it could be carried out", async () => {
    const asked = surveys.planEnd(five)
    started[0]?.say(refusedPlan)
    expect(await asked).toEqual({ planId: null, plan: refusedPlan })
    expect(started[0]?.isClosed).toBe(true)
  })

  it("is let go after its time, and when newer ones come", async () => {
    const first = await planned()
    await vi.advanceTimersByTimeAsync(planMillis)
    expect(await surveys.end(first)).toMatchObject({ tag: "unknown-plan" })
    expect(started[0]).toMatchObject({ agreed: 0, isClosed: true })
    const second = await planned()
    for (let more = 0; more < 4; more += 1) await planned()
    expect(await surveys.end(second)).toMatchObject({ tag: "unknown-plan" })
    expect(started.map(({ isClosed }) => isClosed)).toEqual([true, true, false, false, false, false])
  })

  it("is refused where its programs do not leave", async () => {
    for (let more = 0; more < 8; more += 1) {
      await planned()
      const last = started.at(-1)
      if (last) last.close = () => {}
    }
    expect(await surveys.planEnd(five)).toMatchObject({ tag: "too-large" })
    expect(started).toHaveLength(8)
  })

  it("is of somebody, and of no more than a person chooses", async () => {
    expect(await surveys.planEnd([])).toMatchObject({ tag: "bad-request" })
    expect(await surveys.planEnd(Array.from({ length: maxNamed + 1 }, (_, pid) => ({ pid, start: 1 })))).toMatchObject({
      tag: "bad-request",
    })
    expect(started).toEqual([])
  })

  it("that was begun and not reported says that nobody knows", async () => {
    const planId = await planned()
    const ended = surveys.end(planId)
    started[0]?.say(undefined)
    expect(await ended).toMatchObject({ tag: "no-survey", message: "It was begun, and how it ended is not known: it broke" })
  })
})
