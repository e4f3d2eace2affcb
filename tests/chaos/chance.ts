// Chance that can be had again: the same seed gives the same draws.

/** A whole number below the given one. */
export type Chance = (below: number) => number

/** The system's own timing apart, a round is played again by its seed. */
export const chances = (seed: number): Chance => {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** None twice; fewer where there are not so many. */
export const draw = <One>(of: readonly One[], count: number, chance: Chance): readonly One[] => {
  const left = [...of]
  return Array.from({ length: count }, () => left.splice(chance(left.length), 1)).flat()
}
