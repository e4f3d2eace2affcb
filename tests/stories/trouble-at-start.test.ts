// A server that cannot start says what is in its way and what to do, harms nothing, and leaves nothing running.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { once } from "node:events"
import { join } from "node:path"
import { spawnSync } from "node:child_process"
import { DatabaseSync } from "node:sqlite"
import { describe, expect } from "vitest"
import { practice } from "./kinds.ts"
import { open, story } from "./story.ts"
import { converse, send, threadNow, threadWhen } from "./talk.ts"

describe("a server", () => {
  story("on a home that has one is refused by name, and the first one works on", async ({ scene }) => {
    const { corral, client, threadId } = await open(scene, practice)
    await send(client, threadId, "slow 20 100")
    await threadWhen(client, threadId, { what: "a running turn", fits: ({ turn }) => turn?.sent === true })
    await expect(scene.start()).rejects.toThrow(new RegExp(`Another Corral server.*pid ${corral.pid}`))
    const ended = await threadWhen(client, threadId, { what: "the end of the turn", fits: ({ turn }) => turn === null })
    expect(ended.lastOutcome).toBe("completed")
  })

  story("whose port is taken names the port and the next step", async ({ scene }) => {
    const other = createServer().listen(0, "127.0.0.1")
    await once(other, "listening")
    const address = other.address()
    const port = typeof address === "object" ? String(address?.port) : ""
    await expect(scene.start({ CORRAL_PORT: port })).rejects.toThrow(new RegExp(`${port}[\\s\\S]*(--port|CORRAL_PORT)`))
    other.close()
    await once(other, "close")
    await scene.start({ CORRAL_PORT: port })
  })

  story("with a damaged database names the file, does not touch it, and starts again once it is repaired", async ({ scene }) => {
    const file = join(scene.home, "corral.db")
    mkdirSync(scene.home, { mode: 0o700 })
    const garbage = Buffer.from("this is not a database, and never was one. ".repeat(500))
    writeFileSync(file, garbage)
    await expect(scene.start()).rejects.toThrow(file)
    expect(readFileSync(file)).toEqual(garbage)
    await scene.oracle.nothingLeft(10_000, scene.canaries.pids)
    writeFileSync(file, "")
    await scene.start()
  })

  story("whose database is locked by another program names it", async ({ scene }) => {
    const { corral } = await open(scene, practice)
    await corral.stop()
    const other = new DatabaseSync(join(scene.home, "corral.db"))
    other.exec("BEGIN EXCLUSIVE")
    await expect(scene.start()).rejects.toThrow(/corral\.db[\s\S]*lock|lock[\s\S]*corral\.db/)
    other.close()
    await scene.start()
  })

  story("whose home cannot be written names the home", async ({ scene }) => {
    writeFileSync(scene.home, "a file where a folder should be")
    await expect(scene.start()).rejects.toThrow(scene.home)
  })
})

/** Only root may mount; a full disk cannot be made otherwise without harm to others. */
const mayMount = (folder: string): boolean => {
  if (process.getuid?.() !== 0 || process.platform !== "linux") return false
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=3m,mode=700", "corral-test", folder])
  return mounted.status === 0
}

describe("a full disk", () => {
  story("is told with the order that could not be kept; the server lives, and goes on when there is room", async ({ scene, skip }) => {
    mkdirSync(scene.home, { mode: 0o700 })
    skip(!mayMount(scene.home), "needs root and the right to mount a small tmpfs")
    try {
      const { corral, client, threadId } = await open(scene, practice)
      await converse(client, threadId, "say kept")
      const filler = join(scene.home, "filler")
      const full = spawnSync("sh", ["-c", `cat /dev/zero > '${filler}'`])
      expect(full.status).not.toBe(0)
      const refused = await fillUntilRefused(() => client.dispatch({ _tag: "thread.rename", threadId, title: "x".repeat(150) }))
      expect(refused).toMatch(/full|space/i)
      spawnSync("rm", [filler])
      expect(await converse(client, threadId, "say there is room again")).toContain("room again")
      expect((await threadNow(client, threadId)).threadId).toBe(threadId)
      await corral.stop()
      await scene.oracle.nothingLeft(15_000, scene.canaries.pids)
    } finally {
      spawnSync("umount", ["-l", scene.home])
    }
  })
})

/** A page may still have had room: what was acknowledged is kept, and some order is the first that cannot be. */
const fillUntilRefused = async (dispatch: () => Promise<unknown>): Promise<string> => {
  for (let tried = 0; tried < 1_000; tried += 1) {
    const refused = await dispatch().then(
      () => undefined,
      (error: unknown) => String(error),
    )
    if (refused !== undefined) return refused
  }
  return "it was never refused"
}
