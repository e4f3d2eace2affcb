import { spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:net"
import { afterEach, describe, expect, it } from "vitest"
import { parseSocket, portsOf, type NetSource } from "./net.ts"

const line = (port: string, state: string, inode: number): string =>
  `   0: 0100007F:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000000014d2a779 100 0 0 10 0`

describe("a line of /proc/net/tcp", () => {
  it("tells the socket and its port where it listens", () => {
    expect(parseSocket(line("1435", "0A", 1060))).toEqual(["socket:[1060]", 5173])
    expect(parseSocket("   1: 00000000000000000000000000000000:0050 0:0000 0A 0:0 00:0 0 0 0 77 1")).toEqual(["socket:[77]", 80])
  })

  it.each([line("1435", "01", 1060), "  sl  local_address rem_address   st tx_queue", "", "garbage"])("is nothing else: %j", (text) => {
    expect(parseSocket(text)).toBeNull()
  })
})

describe("the ports of processes", () => {
  const pretended = (over: Partial<NetSource> = {}): NetSource => ({
    networkOf: () => "net:[1]",
    tablesOf: () => [`head\n${line("1435", "0A", 7)}\n${line("0050", "0A", 8)}`, line("1435", "0A", 9)],
    filesOf: () => ["0", "1", "2", "3"],
    targetOf: (_, file) => ["socket:[9]", "/dev/null", "socket:[7]", "socket:[8]"][Number(file)] ?? null,
    ...over,
  })
  const seen = async (source: NetSource) => [...(await portsOf([10], source)).ports]

  it("are told each once, in order, over both kinds of address", async () => {
    expect(await seen(pretended())).toEqual([[10, [80, 5173]]])
  })

  it("are unknown, not none, where its files are hidden, too many, or it has left", async () => {
    expect(await seen(pretended({ filesOf: () => null }))).toEqual([])
    expect(await seen(pretended({ filesOf: () => Array.from({ length: 5000 }, () => "9") }))).toEqual([])
    expect(await seen(pretended({ networkOf: () => null }))).toEqual([])
  })

  it("are of its own network: each has a table", async () => {
    const tablesOf = (pid: number) => (pid === 10 ? [line("1435", "0A", 7)] : [line("0050", "0A", 7)])
    const source = pretended({ networkOf: (pid) => `net:[${pid}]`, tablesOf })
    expect([...(await portsOf([10, 11], source)).ports]).toEqual([
      [10, [5173]],
      [11, [80]],
    ])
  })

  it("let others have the event loop in between", async () => {
    let turns = 0
    const turn = () => void setImmediate(() => (turns++, isOver ? undefined : turn()))
    let isOver = false
    turn()
    const slow = (): string => {
      const until = performance.now() + 3
      while (performance.now() < until);
      return "socket:[7]"
    }
    const { workMillis } = await portsOf([1, 2, 3, 4], pretended({ targetOf: slow }))
    isOver = true
    expect(turns).toBeGreaterThanOrEqual(4)
    expect(workMillis).toBeGreaterThanOrEqual(40)
  })
})

describe.runIf(process.platform === "linux")("on this machine", () => {
  const server = createServer()
  afterEach(() => server.close())

  it("a port is seen at whoever listens on it, and at nobody else", async () => {
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    const other = spawn("sleep", ["30"])
    await once(other, "spawn")
    const { ports } = await portsOf([process.pid, other.pid ?? 0])
    other.kill("SIGKILL")
    expect(ports.get(process.pid)).toContain(port)
    expect(ports.get(other.pid ?? 0)).toEqual([])
  })
})
