// The first words on the line, with a supervisor that is played by hand.
import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type Server, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { supervisorVersion } from "@corral/contracts/limits"
import type { SupervisorHello } from "@corral/contracts/supervisor"
import * as Effect from "effect/Effect"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { connectSupervisor } from "./connect.ts"
import { Supervisor } from "./supervisor.ts"

const greeting: SupervisorHello = {
  version: supervisorVersion,
  pid: 4711,
  startedAt: 1,
  tier: "played",
  tierReason: null,
  watcherArmed: true,
  holdMillis: 1,
  held: [],
  certificateSeq: 0,
}

interface Asked {
  readonly id: number
  readonly ask: string
}

const isAsked = (frame: unknown): frame is Asked => typeof frame === "object" && frame !== null && "id" in frame && "ask" in frame

let home: string
let server: Server
let heard: string[]
/** What is given back for `hello`, how often this goes on, and what greets. */
let refuses: { readonly tag: string; times: number } | null
let version: number

/** Null: the server that asks is taken. */
const refusalOf = (ask: string, isTaken: boolean) => {
  if (ask !== "hello") return isTaken ? null : { tag: "bad-request", message: "say hello first" }
  return refuses !== null && refuses.times-- > 0 ? { tag: refuses.tag, message: "no" } : null
}

const converse = (socket: Socket) => {
  let isTaken = false
  const answer = ({ id, ask }: Asked) => {
    heard.push(ask)
    const error = refusalOf(ask, isTaken)
    isTaken ||= error === null
    socket.write(`${JSON.stringify(error === null ? { id, ok: ask === "hello" ? {} : [] } : { id, error })}\n`)
  }
  socket.write(`${JSON.stringify({ hello: { ...greeting, version } })}\n`)
  socket.on("error", () => undefined)
  socket.on("data", (chunk) => {
    for (const line of String(chunk).split("\n").filter(Boolean)) {
      const frame: unknown = JSON.parse(line)
      if (isAsked(frame)) answer(frame)
    }
  })
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "corral-line-"))
  heard = []
  refuses = null
  version = supervisorVersion
  server = createServer(converse)
  await new Promise<void>((resolve) => server.listen(join(home, "supervisor.sock"), resolve))
})

afterEach(async () => {
  vi.useRealTimers()
  await new Promise((resolve) => server.close(resolve))
  rmSync(home, { recursive: true, force: true })
})

const certificates = () => {
  const ask = Effect.flatMap(Supervisor, (supervisor) =>
    Effect.map(supervisor.ask("certificates", { after: 0 }), (found) => ({ found, hello: supervisor.hello() })),
  )
  const line = connectSupervisor({ home, holdMillis: 1, tier: "token", program: ["/bin/false"] })
  return Effect.runPromise(Effect.result(Effect.provide(ask, line)))
}

/** The clock goes on in small steps, between which the sockets have their turn. */
const outOfPatience = async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] })
  let isOver = false
  const turn = () => {
    if (isOver) return
    vi.advanceTimersByTime(100)
    setImmediate(turn)
  }
  turn()
  const result = await certificates()
  isOver = true
  return result._tag === "Failure" ? result.failure.message : "it was answered"
}

describe("a supervisor that takes this server", () => {
  it("is asked after it has answered the hello", async () => {
    const result = await certificates()
    expect(result).toMatchObject({ _tag: "Success", success: { found: [], hello: { pid: 4711 } } })
    expect(heard).toEqual(["hello", "certificates"])
  })

  it("at last, when the server before this one has left the line, is asked as if nothing had been", async () => {
    refuses = { tag: "busy", times: 2 }
    expect(await certificates()).toMatchObject({ _tag: "Success" })
    expect(heard).toEqual(["hello", "hello", "hello", "certificates"])
  })
})

describe("a supervisor that does not take this server", () => {
  it("because another one is on the line is named so, with the next step", async () => {
    refuses = { tag: "busy", times: Infinity }
    const message = await outOfPatience()
    for (const part of ["another server of this home is on the line", "corral stop"]) expect(message).toContain(part)
    expect(message).not.toContain("say hello first")
    expect(new Set(heard)).toEqual(new Set(["hello"]))
  })

  it("because it finds the version wrong is named so, with the next step", async () => {
    refuses = { tag: "wrong-version", times: Infinity }
    const message = await outOfPatience()
    for (const part of ["another version", "corral stop"]) expect(message).toContain(part)
  })

  it("and says by its greeting that it is of another version is asked nothing", async () => {
    version = supervisorVersion + 1
    const message = await outOfPatience()
    for (const part of [`version ${supervisorVersion + 1}`, `pid 4711`, "corral stop"]) expect(message).toContain(part)
    expect(heard).toEqual([])
  })
})
