// What a ladder makes of a machine that is slow to be looked at. The rungs themselves are told by ladder.test.ts.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Ladders } from "./descend.ts"
import { pretend, type Pretended } from "./pretended.test-support.ts"

const budgets = { protocol: 0, eof: 2_000, term: 2_000, kill: 2_000 }
/** More than a whole rung may take. */
const slowMillis = 3_000
/** So far apart are two looks that prove something. */
const nextMillis = 20

describe("a descent", () => {
  let machine: Pretended
  let now: number

  beforeEach(() => {
    machine = pretend()
    now = 0
    vi.spyOn(performance, "now").mockImplementation(() => now)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    machine.drop()
  })

  it("gives its first rung the whole time from when it stands on it, however long the first look took", async () => {
    const tree = Object.assign(machine.tree("a", 10), { root: { pid: 10, start: 100 } })
    const { containment } = machine.s
    let takes = slowMillis
    const ladders = new Ladders({
      ...containment,
      lookAround: (...asked) => {
        now += takes
        takes = nextMillis
        return containment.lookAround(...asked)
      },
      lookFully: (...asked) => {
        now += takes
        return containment.lookFully(...asked)
      },
    })
    // It hears the end of its input, and leaves.
    const onRung = () => void machine.rows.delete(10)
    const landing = await ladders.descend({ tree, from: "eof", budgets, farewell: [], choose: null, onRung })
    expect(landing).toMatchObject({ outcome: "gone", killed: [], rungs: [{ name: "eof", left: 0 }] })
    expect(landing.rungs).toHaveLength(1)
  })
})
