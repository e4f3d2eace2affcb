// Looks of the app at the machine, over a connection that a test plays.
import { expect, it, vi } from "vitest"
import type { Calls, Method, SurveyHere } from "@corral/contracts/rpc"

const seenAt = (checkedAt: number): SurveyHere => ({
  checkedAt,
  memory: "shared-once",
  found: [],
  processes: 0,
  memoryBytes: 0,
  threads: [],
})

/** Each test has a page's life of its own. */
const begin = async () => {
  vi.resetModules()
  const { lookAtMachine, lookOnce, useSurvey } = await import("./survey.ts")
  const { Disconnected } = await import("@corral/client/errors")
  const asked: { readonly give: (survey: unknown) => void; readonly fail: (cause: unknown) => void }[] = []
  const isGiven = <M extends Method>(_method: M, ok: unknown): ok is Calls[M]["gives"] => ok !== undefined
  const connection = {
    call: <M extends Method>(method: M): Promise<Calls[M]["gives"]> =>
      new Promise((resolve, fail) => asked.push({ give: (ok) => void (isGiven(method, ok) && resolve(ok)), fail })),
  }
  return {
    asked,
    look: () => lookAtMachine(connection),
    once: () => lookOnce(connection),
    known: () => useSurvey.getState(),
    lost: new Disconnected("gone"),
  }
}

it("keeps what was seen when a later look fails, and says why", async () => {
  const { asked, look, known, lost } = await begin()
  const first = look()
  expect(known()).toMatchObject({ survey: null, isLooking: true })
  asked[0]?.give(seenAt(1))
  await first
  const second = look()
  asked[1]?.fail(lost)
  await second
  expect(known()).toMatchObject({ survey: { checkedAt: 1 }, problem: "The line to the server is lost.", isLooking: false })
})

it("believes the look that was begun last, whichever is answered last", async () => {
  const { asked, look, known } = await begin()
  const both = [look(), look()]
  asked[1]?.give(seenAt(2))
  asked[0]?.give(seenAt(1))
  await Promise.all(both)
  expect(known()).toMatchObject({ survey: { checkedAt: 2 }, isLooking: false })
})

it("looks for the first screen once in a page's life", async () => {
  const { asked, once, look } = await begin()
  once()
  once()
  expect(asked).toHaveLength(1)
  void look()
  once()
  expect(asked).toHaveLength(2)
})
