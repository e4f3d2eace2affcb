// The bounded part of the chaos: each way to end once, around escapees drawn by chance. `npm run chaos` goes on for hundreds of rounds.
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { makeChaos, type Chaos } from "./rounds.ts"
import { ways } from "./ways.ts"

/** Another one each week, so that in time all have met all; within a week a failure can be played again. */
const seed = Math.floor(Date.now() / (7 * 24 * 3_600_000))

describe(`chaos with the seed ${seed}`, () => {
  let chaos: Chaos
  beforeAll(async () => {
    chaos = await makeChaos(seed)
  })
  afterAll(() => chaos.end())

  it.each(ways.map(({ name }, n) => [name, n] as const))("%s: nothing is left, and no bystander is harmed", async (_, n) => {
    expect(await chaos.round(n)).toMatchObject({ left: [], harmed: [] })
  })
})
