// The bounded part of the chaos: each way to end once, and some of the troubles, around escapees drawn by chance. `npm run chaos` goes on for
// hundreds of rounds.
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { chances, draw } from "./chance.ts"
import { escapes, escapesPerRound } from "./escapes.ts"
import { makeChaos, type Chaos } from "./rounds.ts"
import { troubles } from "./troubles.ts"
import { ways } from "./ways.ts"

/** Another one each week, so that in time all have met all; within a week a failure can be played again. */
const seed = Math.floor(Date.now() / (7 * 24 * 3_600_000))
const troublesPerWeek = 4

const chance = chances(seed)
const ofThisWeek = draw(
  troubles.filter(({ missing }) => missing === undefined),
  troublesPerWeek,
  chance,
)

describe(`chaos with the seed ${seed}`, () => {
  let chaos: Chaos
  beforeAll(async () => {
    chaos = await makeChaos(chance)
  })
  afterAll(() => chaos.end())

  it.each([...ways, ...ofThisWeek])("$name: nothing is left, and no bystander is harmed", async (way) => {
    expect(await chaos.play(way, draw(escapes, escapesPerRound, chance))).toMatchObject({ left: [], harmed: [] })
  })
})
