// Who asked for a stop, in words that go on from "asked by": a person's way in, the rule that did it, or nobody.
import type { StopReason, TreeCertificate } from "@corral/contracts/certificate"
import { askedByWords } from "./asked-by-words.ts"

/** What the server did by itself it did by a rule, and the reason says by which. */
const rules: { readonly [R in StopReason]?: string } = {
  idle: "Corral's idle rule",
  memory: "Corral's rule for short memory",
  room: "Corral's rule for how many may be awake",
  "memory-limit": "Corral's memory limit",
  "server-lost": "Corral's server, when it was back",
}

/** Nobody asks for an end that comes by itself. */
const byItself: ReadonlyMap<string, string> = new Map([
  ["agent", "nobody, the agent left by itself"],
  ["command", "nobody, the command ended by itself"],
])

export const stopAskerWords = ({ reason, askedBy }: Pick<TreeCertificate, "reason" | "askedBy">): string =>
  (askedBy === "server" ? rules[reason] : byItself.get(askedBy)) ?? askedByWords(askedBy)
