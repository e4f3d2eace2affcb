// Every kind of escape under every way to end, once each. Several kinds share a session; where something is left, each of them is played alone.
import { escapesPerRound, type Escape } from "./escapes.ts"
import type { Chaos, Round } from "./rounds.ts"
import { isBad, lineOf } from "./tell.ts"
import type { Way } from "./way.ts"

/** By kind: what was left under each way, in the order of the ways. */
type Table = ReadonlyMap<string, number[]>

/** Gives the rounds, bad ones too: a matrix is played to its end. */
export const playMatrix = async (chaos: Chaos, ways: readonly Way[], escapes: readonly Escape[]): Promise<readonly Round[]> => {
  const table: Table = new Map(escapes.map(({ name }) => [name, []]))
  const rounds: Round[] = []
  const play = async (way: Way, kinds: readonly Escape[]): Promise<Round> => {
    const round = await chaos.play(way, kinds)
    rounds.push(round)
    console.log(lineOf(round, rounds.length))
    return round
  }
  for (const way of ways) {
    for (const kinds of inSessions(escapes)) {
      const isClean = !isBad(await play(way, kinds))
      for (const kind of kinds) table.get(kind.name)?.push(isClean ? 0 : (await play(way, [kind])).left.length)
    }
  }
  show(table, ways)
  return rounds
}

const inSessions = (escapes: readonly Escape[]): readonly (readonly Escape[])[] =>
  Array.from({ length: Math.ceil(escapes.length / escapesPerRound) }, (_, n) =>
    escapes.slice(n * escapesPerRound, (n + 1) * escapesPerRound),
  )

const show = (table: Table, ways: readonly Way[]): void => {
  const cells = [...table.values()].flat()
  console.log(`\nLeft, by kind of escape (rows) and way to end (columns):`)
  ways.forEach(({ name }, n) => console.log(`  ${String(n + 1).padStart(2)}  ${name}`))
  console.log(`${"".padEnd(44)}${ways.map((_, n) => String(n + 1).padStart(3)).join("")}`)
  for (const [name, left] of table) console.log(`${name.padEnd(44)}${left.map((count) => String(count).padStart(3)).join("")}`)
  console.log(`${cells.length} cells, ${cells.filter((count) => count === 0).length} with 0 left`)
}
