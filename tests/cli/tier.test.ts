// How a person asks for a tier, and hears of it where this machine does not give it.
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { startOracle, type Oracle } from "../agents/oracle.ts"
import { makeScratch } from "../agents/scratch.ts"
import { zooShell } from "../agents/zoo.ts"
import { makeTerminal, type Said, type Terminal } from "./terminal.ts"

const launcher = join(import.meta.dirname, "../../apps/cli/bin/corral.js")
/** A machine that forbids pid namespaces: a user namespace of our own that may have none. */
const forbidding = ["unshare", "-U", "-r", "sh", "-c", 'echo 0 >/proc/sys/user/max_pid_namespaces && exec "$@"', "sh"]
const canForbid = spawnSync(forbidding[0] ?? "", [...forbidding.slice(1), "true"]).status === 0
const canSeal = spawnSync("unshare", ["-U", "--map-current-user", "-p", "-f", "--mount-proc", "true"]).status === 0
const json = ({ out }: Said) => JSON.parse(out)

let terminal: Terminal
beforeEach(() => {
  terminal = makeTerminal()
})
afterEach(() => terminal.end())

describe.skipIf(!canSeal)("corral run --tier sealed", () => {
  let oracle: Oracle
  let scratch: ReturnType<typeof makeScratch>
  beforeEach(() => {
    scratch = makeScratch()
    oracle = startOracle(scratch.folder)
  })
  afterEach(() => {
    oracle.close()
    scratch.drop()
  })
  const run = (script: string, input = "") => {
    const env = { PIPE: oracle.pipe, CORRAL_PROGRAM: launcher, NODE: process.execPath }
    return terminal.corral(["run", "--tier", "sealed", "--", "sh", "-c", `exec 9>"$PIPE"; ${script}`], { input, env })
  }

  it("is the command, in a world of its own, and leaves nothing", async () => {
    const said = await run(
      `read -r line; echo got $line; ls -d /proc/${process.pid}; ${zooShell(["daemon-without-environment"])} exit 7`,
      "this\n",
    )
    expect(said).toMatchObject({ code: 7, out: "got this\n" })
    expect(said.err).toMatch(/corral run: gone: .* 0 left/)
    await oracle.pipeEmpty(0)
  })

  it("is not taken for dead by another one inside of it, which cannot see it", async () => {
    const said = await run(`sleep 60 & "$NODE" "$CORRAL_PROGRAM" run -- echo inner; kill -0 $! && echo outer; exit 6`)
    expect(said).toMatchObject({ code: 6, out: "inner\nouter\n" })
    expect(said.err.match(/corral run: gone/g)).toHaveLength(2)
  })
})

describe.skipIf(!canForbid)("a tier that this machine does not give", () => {
  const reason = /sealed cannot be had here: unshare: .*No space left on device/

  it("is said by corral run, which goes on with the next lower one", async () => {
    const said = await terminal.corral(["run", "--tier", "sealed", "--", "echo", "ran"], { within: forbidding })
    expect(said).toMatchObject({ code: 0, out: "ran\n" })
    expect(said.err).toMatch(/^corral run: contained by linux-token: /)
    expect(said.err).toMatch(reason)
  })

  it("is said by corral start, and by corral status as long as it is so", async () => {
    const started = await terminal.corral(["start", "--no-open", "--json", "--tier", "sealed"], { within: forbidding })
    expect(started.err).toMatch(/^✗ Processes are contained by linux-token, which is not what was asked for: /)
    expect(started.err).toMatch(reason)
    expect(json(started).notices).toEqual([expect.stringMatching(reason)])
    const status = json(await terminal.corral(["status", "--json"]))
    expect(status.supervisor.tier).toBe("linux-token")
    expect(status.problems).toEqual([expect.stringMatching(reason)])
    expect((await terminal.corral(["status"])).out).toContain("✗ Processes are contained by linux-token")
  })
})

describe("a tier that comes too late", () => {
  it("is said where the server runs, and where its supervisor does", async () => {
    const begin = (tier: string) => terminal.corral(["start", "--no-open", "--json", "--tier", tier])
    expect(await begin("token")).toMatchObject({ code: 0, err: "" })
    expect((await begin("sealed")).err).toContain("It was running already, so --tier changed nothing")
    expect((await terminal.corral(["stop", "--keep-agents"])).code).toBe(0)
    const said = (await begin("sealed")).err
    expect(said).toContain("✗ This server was started with --tier sealed; its supervisor runs since before, with token (linux-token).")
    expect(said).toContain("Next: corral stop, then corral start --tier sealed")
  })

  it("is wrong usage where there is none of that name", async () => {
    expect(await terminal.corral(["start", "--tier", "steel"])).toMatchObject({ code: 2, out: "" })
  })
})
