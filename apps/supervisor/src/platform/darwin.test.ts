// macOS as its `ps` tells of it, on whatever system this runs.
import { spawnSync, type SpawnSyncReturns } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { openLedger } from "../ledger.ts"
import { treeOf } from "../pretended.test-support.ts"
import { inherit, markOf } from "../tree.ts"
import type { Mark, Sighting } from "./containment.ts"
import { darwin } from "./darwin.ts"
import { parsePs } from "./ps.ts"

vi.mock("node:child_process", () => ({ spawnSync: vi.fn<typeof spawnSync>() }))

/** The session is 0 for everybody. 4711 is an agent with a child, in a group of its own; the others are the person's. */
const table = `    1     0     1      0 Mon Mar  2 09:15:01 2026     Ss   /sbin/launchd
  501     1   501      0 Mon Mar  2 09:16:10 2026     Ss   /System/Library/CoreServices/Finder.app/Contents/MacOS/Finder
  640     1   640      0 Mon Mar  2 09:17:10 2026     S    -zsh
 4711   600  4711      0 Tue Mar 10 18:00:00 2026     Ss   /opt/homebrew/bin/node
 4712  4711  4711      0 Tue Mar 10 18:00:01 2026     S    /bin/sh
`
const rows = new Map(parsePs(table).map((row) => [row.pid, row]))
const startOf = (pid: number): number => rows.get(pid)?.start ?? 0

const answer = (stdout: string, status = 0): SpawnSyncReturns<string> => ({
  pid: 9999,
  output: [],
  stdout,
  stderr: "",
  status,
  signal: null,
})
/** `ps` of one process, or of all. */
const ps = (shown = table) => {
  vi.mocked(spawnSync).mockImplementation((program, args) => {
    const asked = args?.[args.indexOf("-p") + 1]
    if (program !== "ps" || !args?.includes("-p")) return answer(program === "ps" ? shown : "boot-1\n")
    const line = shown.split("\n").find((each) => each.trim().startsWith(`${asked} `))
    return line === undefined ? answer("", 1) : answer(`${line}\n`)
  })
}
const breakPs = () => void vi.mocked(spawnSync).mockReturnValue({ ...answer(""), error: new Error("EAGAIN") })

const members = (seen: Sighting, mark: Mark): readonly string[] =>
  (seen.members.get(mark) ?? []).map(({ pid, evidence }) => `${pid} ${evidence}`)

describe("containment on macOS", () => {
  const tier = { tier: "darwin", tierReason: "best effort" }
  const agent = (): Mark => {
    const mark = markOf(treeOf("a"), { serial: "1000", tier: "darwin" })
    mark.known.set(4711, startOf(4711))
    return mark
  }
  let folder = ""

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "crl-"))
    ps()
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
    vi.restoreAllMocks()
  })

  it("takes nobody for a member who is in no session, as the members are", async () => {
    const mark = agent()
    const { lookFully } = darwin(tier)
    expect(members(await lookFully([mark]), mark)).toEqual(["4711 journal", "4712 parent"])
    expect(members(await lookFully([mark]), mark)).toEqual(["4711 journal", "4712 journal"])
    expect([...mark.known.keys()]).toEqual([4711, 4712])
    expect([...mark.sids]).toEqual([])
  })

  it("takes nobody for one either after a ledger was read back that says that session 0, or 1, was the tree's", async () => {
    const before = openLedger(join(folder, "ledger.jsonl"), "boot-1")
    const root = { pid: 4711, start: startOf(4711) }
    const treeId = treeOf("a")
    const place = { boot: "boot-1", provider: "test", session: null, cwd: "/" }
    before.append({ ev: "intended", at: 1, treeId, serial: "1000", tier: "darwin", ...place })
    before.append({ ev: "running", treeId, root, pgid: 4711, sid: 0 })
    before.append({ ev: "members", treeId, members: [], sids: [0, 1] })
    before.close()
    const entry = openLedger(join(folder, "ledger.jsonl"), "boot-1").open.get(treeId)
    if (!entry) throw new Error("the ledger knows no tree")
    const { mark } = inherit(entry)
    const struck: number[] = []
    const seen = await darwin(tier).lookFully([mark], ({ pid }) => void struck.push(pid))
    expect(members(seen, mark)).toEqual(["4711 journal", "4712 parent"])
    expect(struck).toEqual([4711, 4712])
  })

  it("forgets nobody when ps could not be asked, and says that this look proves nothing", async () => {
    const mark = agent()
    const { lookFully } = darwin(tier)
    await lookFully([mark])
    breakPs()
    const failed = await lookFully([mark])
    expect(failed).toMatchObject({ complete: false })
    expect(members(failed, mark)).toEqual([])
    ps()
    expect(members(await lookFully([mark]), mark)).toEqual(["4711 journal", "4712 journal"])
  })

  it("kills a group only if its leader is the member that it was", async () => {
    const kill = vi.spyOn(process, "kill").mockReturnValue(true)
    const mark = agent()
    const { lookFully, killGroup } = darwin(tier)
    const child = (await lookFully([mark])).members.get(mark)?.find(({ pid }) => pid === 4712)
    if (!child) throw new Error("no child")
    ps(table.replace("4711   600  4711      0 Tue Mar 10 18:00:00", "4711   600  4711      0 Tue Mar 10 19:00:00"))
    expect(killGroup(child)).toBe("not-ours")
    expect(kill).not.toHaveBeenCalled()
    ps()
    expect(killGroup(child)).toBe("sent")
    expect(kill.mock.calls).toEqual([[-4711, "SIGKILL"]])
  })
})
