// What ledgers and command lines tell of who is Corral's.
import { describe, expect, it } from "vitest"
import { sessionOf, treeOf } from "../pretended.test-support.ts"
import { mintToken } from "../token.ts"
import { belongingOf, corralProgramOf, foldTrees, homeForPeople } from "./installs.ts"
import { installOfHome, listedOf, treeIn } from "./machine.test-support.ts"

const home = "/home/ada/.corral"

describe("a program of Corral's own", () => {
  it.each([
    [["node", "/x/dist/supervisor.mjs", "serve", "--home", home], { role: "supervisor", home }],
    [["/bin/sh", "-c", "read", "node", "/x/dist/supervisor.mjs", "sweep", "--home", home], { role: "watcher", home }],
    [["node", "/x/dist/supervisor.mjs", "run", "--home", home, "--", "claude"], { role: "corral run", home }],
    [["node", "/x/dist/supervisor.mjs", "serve"], { role: "supervisor", home: null }],
    [["node", "/x/my-supervisor.mjs", "serve"], null],
  ])("%j", (words, program) => expect(corralProgramOf(words)).toEqual(program))

  it("of a run in the foreground has a home below the one that a person knows", () => {
    expect([home, `${home}/runs/0123456789ab`].map(homeForPeople)).toEqual([home, home])
  })
})

describe("a ledger", () => {
  const intended = { ev: "intended", at: 1, treeId: treeOf("a"), serial: "1111", tier: "darwin", boot: "b", provider: "claude" } as const
  const begun = { ...intended, session: sessionOf("a"), cwd: "/" }

  it("tells of a tree that runs, and who of it is known by number", () => {
    const root = { pid: 5, start: 50 }
    const lines = [begun, { ev: "running", treeId: treeOf("a"), root, pgid: 5, sid: null } as const]
    expect(foldTrees(home, lines)).toEqual([
      treeIn(home, { treeId: "tre_a", tier: "darwin", provider: "claude", session: "thr_a.1", root, members: [] }),
    ])
  })

  it("tells that a tree is over", () => {
    for (const ev of ["undone", "closed"] as const) expect(foldTrees(home, [begun, { ev, treeId: treeOf("a") }])[0]?.isOver).toBe(true)
  })
})

describe("a process is a Corral's", () => {
  const token = mintToken(77, 1n << 63n, () => false) ?? ""
  const install = installOfHome(home, { install: 77, trees: [treeIn(home, { serial: token })] })

  it("by its token, whoever its parents are", () => {
    expect(belongingOf(listedOf(9, "claude", { token }), [install])).toMatchObject({ home, tree: { treeId: "tre_a" } })
  })

  it("also where no ledger knows the tree, or nobody here knows the home", () => {
    const other = listedOf(9, "claude", { token: mintToken(77, 1n << 63n, (used) => used === token) })
    expect(belongingOf(other, [install])).toMatchObject({ home, tree: null })
    expect(belongingOf(other, [])).toMatchObject({ home: null, tree: null })
  })

  it("by its environment only where the tree bears no token", () => {
    const row = listedOf(9, "claude", { cookie: `tre_a.${token}` })
    expect(belongingOf(row, [install])).toBeNull()
    expect(belongingOf(row, [installOfHome(home, { trees: [treeIn(home, { serial: token, tier: "linux-plain" })] })])).not.toBeNull()
  })

  it("by its number only together with its start, and while the tree lives", () => {
    const of = (over: object) => [installOfHome(home, { trees: [treeIn(home, { tier: "darwin", root: { pid: 9, start: 90 }, ...over })] })]
    expect(belongingOf(listedOf(9, "claude", { start: 90 }), of({}))).not.toBeNull()
    expect(belongingOf(listedOf(9, "claude", { start: 91 }), of({}))).toBeNull()
    expect(belongingOf(listedOf(9, "claude", { start: 90 }), of({ isOver: true }))).toBeNull()
  })

  it("not by another's limit of file locks", () => {
    expect(belongingOf(listedOf(9, "claude", { token: "4611686018427387904" }), [install])).toBeNull()
  })
})
