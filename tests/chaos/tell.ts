// What a reader sees of rounds: a line for each, and the verdict on all.
import { quantile, round as rounded } from "../bench/figure.ts"
import type { Round } from "./rounds.ts"

export const isBad = ({ left, harmed }: Round): boolean => left.length + harmed.length > 0

export const lineOf = (round: Round, n: number): string => {
  const { way, note, started, millis, escapes, left, harmed } = round
  const line = `${isBad(round) ? "✗" : "✓"} ${String(n).padStart(4)}  ${way.padEnd(42)} ${String(started).padStart(3)} processes ${String(Math.round(millis)).padStart(6)} ms  ${note}`
  return isBad(round) ? [line, escapes.join(", "), ...left, ...harmed.map((one) => `harmed: ${one}`)].join("\n  ") : line
}

export const verdictOf = (rounds: readonly Round[]): string => {
  const sum = (of: (round: Round) => number): number => rounds.reduce((total, round) => total + of(round), 0)
  const millis = rounds.map((round) => round.millis)
  const [p50, p95, worst] = [0.5, 0.95, 1].map((part) => rounded(quantile(millis, part)))
  const tiers = [...new Set(rounds.map(({ tier }) => tier))].join(", ")
  return `${rounds.length} rounds under ${tiers}, ${sum(({ started }) => started)} processes started, ${sum(({ left }) => left.length)} left, ${sum(({ harmed }) => harmed.length)} bystanders harmed; until gone: p50 ${p50}, p95 ${p95}, worst ${worst} ms`
}
