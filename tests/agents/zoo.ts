// The kinds of zoo.pl, and how a shell starts one of them. For every test that wants processes which do not want to go.
import { join } from "node:path"

/** Kinds that stay until they are ended (or for 15 minutes). */
export const restingKinds = [
  "plain",
  "own-session",
  "deaf-to-term",
  "daemon",
  "daemon-without-environment",
  "renamed",
  "non-dumpable",
  "orphan",
] as const

/** Kinds that change their pid every few milliseconds, for a minute at most. */
export const hoppingKinds = ["hopper", "own-session-hopper"] as const

export type ZooKind = (typeof restingKinds)[number] | (typeof hoppingKinds)[number]

const program = join(import.meta.dirname, "zoo.pl")

/** As arguments of a spawn. */
export const zooArguments = (kind: ZooKind): readonly [string, string, string] => ["perl", program, kind]

/** As a shell command that starts each kind in the background and comes back at once. */
export const zooShell = (kinds: readonly ZooKind[]): string =>
  kinds.map((kind) => `perl '${program}' ${kind} </dev/null >/dev/null 2>&1 &`).join(" ")
