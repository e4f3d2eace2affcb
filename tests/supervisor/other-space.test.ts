// A home that is reached from two pid namespaces: a sealed session, or a container beside its machine. Pids of the one mean others in the other.
import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { exitOf, lastWordsOf, makeBed, type Bed } from "./supervised.ts"

const program = join(import.meta.dirname, "../../apps/supervisor/src/main.ts")
const elsewhere = ["-U", "--map-current-user", "-p", "-f", "--kill-child", "--mount-proc"]
const canDivide = spawnSync("unshare", [...elsewhere, "true"]).status === 0

describe.skipIf(!canDivide)("a supervisor in another pid namespace", () => {
  let bed: Bed
  beforeEach(() => {
    bed = makeBed()
  })
  afterEach(() => bed.end())
  const visit = (verb: string) =>
    spawn("unshare", [...elsewhere, process.execPath, program, verb, "--home", bed.home], {
      env: bed.env,
      stdio: ["ignore", "ignore", "pipe"],
    })

  it("leaves a home alone that is served, though it sees nobody who does", async () => {
    bed.start()
    const line = await bed.dial()
    await line.launch("a", "sleep 60")
    expect(await lastWordsOf(visit("serve"))).toMatchObject({ code: 5, said: expect.stringContaining("is served by the supervisor") })
    expect(await lastWordsOf(visit("sweep"))).toMatchObject({ code: 5 })
    expect((await line.ask("trees", { memory: false })).trees).toMatchObject([{ state: "running" }])
  })

  it("takes a home over whose supervisor does not answer any more", async () => {
    const first = bed.start()
    await bed.dial()
    first.kill("SIGKILL")
    await exitOf(first)
    const second = visit("serve")
    expect((await bed.dial()).hello.tier).toBe("linux-token")
    const left = once(second, "exit")
    // What holds the namespace is deaf to TERM; with it everything in there ends.
    second.kill("SIGKILL")
    await left
  })
})
