// The hand-written checks against the contract's own schemas: the same payloads, broken in every place, to both.
import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import { TreeCertificate } from "@corral/contracts/certificate"
import { asks } from "@corral/contracts/supervisor"
import { isAsk, takes, treeCertificate } from "./contract.ts"

const command = { command: "sh", args: ["-c", "true"], cwd: "/", env: { PATH: "/bin" } }
const whole: Readonly<Record<keyof typeof asks, unknown>> = {
  hello: { version: 1, pid: 2, holdMillis: 3 },
  launch: {
    ...command,
    treeId: "tre_1",
    session: "thr_1.1",
    provider: "p",
    farewell: ["x"],
    budgets: { eofMillis: 1, termMillis: 2, killMillis: 3 },
  },
  join: { treeId: "tre_1", session: "thr_1.1" },
  attach: { treeId: "tre_1", after: 0 },
  write: { treeId: "tre_1", lines: ["a", ""], bookmark: { after: 3, state: "s" } },
  stop: { target: { session: "thr_1.1" }, reason: "archive", askedBy: "x", from: "kill" },
  trees: { memory: true },
  sweep: {},
  certificates: { after: 0 },
  run: { ...command, timeoutMillis: 5 },
  survey: {},
  planEnd: { named: [{ pid: 1, start: 2 }] },
  end: { planId: "p" },
  leave: { how: "stop", now: false, askedBy: "x" },
}
const certificate = {
  certificateId: "crt_1",
  treeId: "tre_1",
  sessions: ["thr_1.1"],
  provider: "p",
  reason: "stop",
  askedBy: "x",
  startedAt: 1,
  endedAt: 2,
  rungs: [{ name: "eof", millis: 1, left: 0 }],
  killed: [{ pid: 1, startedAt: 2, command: "c", signal: "TERM", evidence: "cookie" }],
  freedBytes: 0,
  left: 0,
  survivors: [{ pid: 1, start: 2, startedAt: 3, ppid: 4, pgid: 5, sid: 6, command: "c", evidence: "token" }],
  untagged: 0,
  exit: { code: null, signal: "SIGTERM" },
  tier: "t",
  checkedAt: 2,
  outcome: "gone",
}
const words = ["archive", "stop", "restart", "eof", "gone", "TERM", "protocol", "tre_1", "a b", "", "_x", "x".repeat(97), "A1_.:-"]
const junk: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  -0,
  -1,
  1.5,
  2 ** 53,
  Number.NaN,
  1e300,
  [],
  ["x"],
  [1],
  {},
  { x: 1 },
  { x: "y" },
  { tree: "t" },
  ...words,
]

/** The value itself, and the value with each of its parts replaced by each junk, taken away, and joined by a stranger. */
function* broken(value: unknown): Generator<unknown> {
  yield value
  yield* junk
  if (Array.isArray(value)) {
    for (const [n, entry] of value.entries()) for (const other of broken(entry)) yield value.with(n, other)
    return
  }
  if (typeof value !== "object" || value === null) return
  yield { ...value, stranger: 1 }
  for (const [name, entry] of Object.entries(value)) {
    yield Object.fromEntries(Object.entries(value).filter(([each]) => each !== name))
    for (const other of broken(entry)) yield { ...value, [name]: other }
  }
}

const disagreements = (schema: Schema.Schema<unknown>, check: (x: unknown) => boolean, value: unknown): readonly unknown[] => {
  const accepts = Schema.is(schema)
  return [...broken(value)].filter((each) => accepts(each) !== check(each))
}

describe("the hand-written checks agree with the contract", () => {
  it.each(Object.keys(asks).filter(isAsk))("about %s", (ask) => {
    expect(takes[ask](whole[ask])).toBe(true)
    expect(disagreements(asks[ask].takes, takes[ask], whole[ask])).toEqual([])
  })

  it("about what a stop may be aimed at", () => {
    for (const target of [{ tree: "tre_1" }, { tree: 1, session: "thr_1.1" }, { tree: "tre_1", session: 1 }]) {
      const value = { target, reason: "stop", askedBy: "x", from: null }
      expect(disagreements(asks.stop.takes, takes.stop, value)).toEqual([])
    }
  })

  it("about certificates, which are read from the ledger again", () => {
    expect(treeCertificate(certificate)).toBe(true)
    expect(disagreements(TreeCertificate, treeCertificate, certificate)).toEqual([])
  })

  it("and know every ask, and nothing else", () => {
    expect(Object.keys(takes).toSorted()).toEqual(Object.keys(asks).toSorted())
    expect(isAsk("toString")).toBe(false)
  })
})
