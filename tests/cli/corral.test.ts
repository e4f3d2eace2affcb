// The built command line against the built server, as a person or a script uses it.
import { execFileSync } from "node:child_process"
import { once } from "node:events"
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { until } from "../agents/deadline.ts"
import { readProcess } from "../agents/machine.ts"
import { makeTerminal, type Said, type Terminal } from "./terminal.ts"

let terminal: Terminal
beforeAll(() => {
  terminal = makeTerminal()
})
afterAll(() => terminal.end())

const json = ({ out }: Said) => JSON.parse(out)
const isThere = (pid: number) => readProcess(pid).length > 0
const newThread = async (mode: string): Promise<string> => {
  const { out } = await terminal.corral([
    "thread",
    "new",
    "--project",
    terminal.project,
    "--provider",
    "practice",
    "--mode",
    mode,
    "--json",
  ])
  return JSON.parse(out).threadId
}

describe("without a server", () => {
  it("says so with exit code 4, and starts none", async () => {
    const said = await terminal.corral(["status", "--json"])
    expect(said).toMatchObject({ code: 4, err: "" })
    expect(json(said)).toEqual({ running: false, home: terminal.home })
    expect(terminal.sign()).toBeUndefined()
  })

  it("has nothing to stop", async () => {
    expect(await terminal.corral(["stop"])).toMatchObject({ code: 0, out: "Corral was not running\n" })
  })

  it("starts one, and only one, for two commands at once", async () => {
    const both = await Promise.all([terminal.corral(["project", "list", "--json"]), terminal.corral(["project", "list", "--json"])])
    expect(both).toEqual([0, 0].map((code) => ({ code, out: "[]\n", err: "" })))
    expect((await terminal.corral(["status"])).code).toBe(0)
  })

  it("says which options came too late for the one that runs", async () => {
    const said = await terminal.corral(["start", "--no-open", "--json", "--port", "4999", "--idle", "1h"])
    expect(said).toMatchObject({ code: 0, err: expect.stringContaining("so --port, --idle changed nothing") })
    expect(json(said)).toMatchObject({ isNew: false })
  })
})

describe("a thread on the command line", () => {
  it("answers, waits for a person, and goes without a trace", async () => {
    const threadId = await newThread("ask")
    const sent = terminal.corral(["send", threadId, "--wait", "--json", "-"], { input: "say before\nrun echo ran\nsay after" })
    const { seen: requestId } = await until(
      async () => json(await terminal.corral(["thread", "show", threadId, "--json"])).requests[0]?.requestId,
      { what: "the approval", withinMillis: 20_000 },
    )
    expect((await terminal.corral(["answer", threadId, requestId, "allow"])).code).toBe(0)
    const said = await sent
    expect(json(said)).toMatchObject({ threadId, outcome: "completed", error: null })
    expect(json(said).text).toMatch(/^before[^]*after$/)
    expect(said).toMatchObject({ code: 0 })
    expect(said.err).toContain(`${requestId} allow`)

    const ps = json(await terminal.corral(["ps", "--json", "--thread", threadId]))
    expect(ps.trees).toHaveLength(1)
    expect(ps.trees[0].threads[0]).toMatchObject({ threadId, reason: "cooling" })
    const pid = ps.trees[0].rootPid
    expect(isThere(pid)).toBe(true)
    const [archived] = json(await terminal.corral(["thread", "archive", threadId, "--json"]))
    expect(archived.certificate).toMatchObject({ outcome: "gone", reason: "archive", askedBy: "cli", left: 0 })
    expect(json(await terminal.corral(["certificates", "--reason", "archive", "--json"]))).toMatchObject([archived.certificate])
    expect(json(await terminal.corral(["certificates", "--reason", "idle", "--json"]))).toEqual([])
    expect(isThere(pid)).toBe(false)
    expect((await terminal.corral(["count"])).out).toBe("0\n")
  })

  it("ends with exit code 1 when its turn fails", async () => {
    const threadId = await newThread("full")
    const said = await terminal.corral(["send", threadId, "--wait", "error", "it", "broke"])
    expect(said).toMatchObject({ code: 1 })
    expect(said.err).toContain("turn-failed: ")
    expect((await terminal.corral(["thread", "delete", threadId])).code).toBe(0)
    expect((await terminal.corral(["thread", "show", threadId])).code).toBe(3)
  })

  it("is found by what is unique of its id, and by nothing else", async () => {
    const threadId = await newThread("full")
    expect(json(await terminal.corral(["thread", "show", threadId.slice(0, 14), "--json"])).threadId).toBe(threadId)
    expect(await terminal.corral(["thread", "show", "thr_nothing"])).toMatchObject({
      code: 3,
      out: "",
      err: 'NotFound: There is no thread "thr_nothing".\n',
    })
    expect((await terminal.corral(["thread", "archive", threadId])).out).toContain("nothing was running")
  })

  it("is refused in one line where the domain says no", async () => {
    const threadId = await newThread("full")
    const said = await terminal.corral(["thread", "set", threadId, "--provider", "nonesuch"])
    expect(said).toMatchObject({ code: 3, out: "" })
    expect(said.err).toMatch(/^unknown-provider: .+\n$/)
  })
})

describe("wrong usage", () => {
  it.each([["frob"], ["thread", "keep", "x", "--for", "soon"], ["answer", "a", "b", "perhaps"], ["snapshot", "--label", "../up"]])(
    "corral %s %s %s: exit code 2, a tag, nothing on stdout",
    async (...words) => {
      const said = await terminal.corral(words)
      expect(said).toMatchObject({ code: 2, out: "" })
      expect(said.err).toMatch(/^Usage: /)
    },
  )
})

describe("a snapshot", () => {
  it("is printed and kept", async () => {
    const { path } = json(await terminal.corral(["snapshot", "--label", "here", "--json"]))
    expect(readdirSync(join(terminal.home, "snapshots")).map((name) => join(terminal.home, "snapshots", name))).toEqual([path])
  })
})

describe("a server that was killed", () => {
  it("is back at the same address with the next command", async () => {
    const before = terminal.sign()
    process.kill(before?.pid ?? Number.NaN, "SIGKILL")
    expect((await terminal.corral(["project", "list"])).code).toBe(0)
    expect(terminal.sign()?.address).toBe(before?.address)
    expect(terminal.sign()?.pid).not.toBe(before?.pid)
  })
})

describe("a server that is leaving", () => {
  it("is not the one that a command talks to: it waits until the home is free, and starts another", async () => {
    expect((await terminal.corral(["stop"])).code).toBe(0)
    // It still has the home, says that it is well, and takes its sign down before it refuses a line.
    const lock = new DatabaseSync(join(terminal.home, "server.lock"))
    lock.exec("BEGIN EXCLUSIVE")
    const sign = join(terminal.home, "server.json")
    const leaving = createServer((_, response) => void response.end()).on("upgrade", (_, line) => {
      rmSync(sign)
      line.destroy()
      leaving.close()
      leaving.closeAllConnections()
    })
    await once(leaving.listen(0, "127.0.0.1"), "listening")
    const address = leaving.address()
    const port = typeof address === "object" ? address?.port : 0
    writeFileSync(sign, JSON.stringify({ pid: process.pid, address: `http://127.0.0.1:${port}`, version: "", startedAt: 0 }))
    const before = refusals()
    const said = terminal.corral(["project", "list", "--json"])
    await until(() => refusals() > before || undefined, { what: "a start that is refused", withinMillis: 40_000 })
    lock.close()
    expect(await said).toMatchObject({ code: 0, err: "" })
    expect(terminal.sign()?.pid).not.toBe(process.pid)
  })

  const refusals = () => readFileSync(join(terminal.home, "logs", "server.log"), "utf8").split("Another Corral server").length
})

describe("on a machine with an old Node", () => {
  const old = oldNode()

  it.skipIf(old === undefined)("runs on the Node that was installed with Corral, exit code and all", async () => {
    const said = await terminal.corral(["thread", "show", "thr_nothing"], old === undefined ? {} : { node: old })
    expect(said).toMatchObject({ code: 3, out: "" })
  })
})

describe("corral stop", () => {
  it("leaves nothing, and says so", async () => {
    const threadId = await newThread("full")
    expect((await terminal.corral(["send", threadId, "daemon"])).code).toBe(0)
    const sign = terminal.sign()
    const said = await terminal.corral(["stop", "--json"])
    expect(json(said)).toMatchObject({ left: 0 })
    expect(isThere(sign?.pid ?? 0)).toBe(false)
    expect(terminal.sign()).toBeUndefined()
  })

  it("is what its certificates say who asked, in words and in JSON", async () => {
    const threadId = await newThread("full")
    expect((await terminal.corral(["send", threadId, "--wait", "say hello"])).code).toBe(0)
    expect((await terminal.corral(["stop"])).code).toBe(0)
    const asked = ["certificates", "--thread", threadId]
    expect(json(await terminal.corral([...asked, "--json"]))).toMatchObject([{ reason: "shutdown", askedBy: "cli" }])
    expect((await terminal.corral(asked)).out).toMatch(/ shutdown +by the command line /)
  })
})

function oldNode(): string | undefined {
  const candidates = ["/usr/bin/node", "/usr/local/bin/node"]
  return candidates.find((path) => {
    try {
      return Number(execFileSync(path, ["-p", "process.versions.node.split('.')[0]"], { encoding: "utf8" })) < 24
    } catch {
      return false
    }
  })
}
