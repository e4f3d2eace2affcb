// corral start, and corral alone: what is missing is started, the app opened, its address printed.
import type { Command } from "commander"
import { exitCodes, Failure } from "./failure.ts"
import { openBrowser, runServer, type Ready, type ServerOptions } from "./launch.ts"
import { countOption, percentOption, portOption, sizeOption, spanOption, tierOption } from "./option.ts"
import { paint, remark, say, sayJson } from "./print.ts"
import { findServer, withServer } from "./reach.ts"
import { verb, type Options } from "./verb.ts"

interface StartOptions extends Options {
  readonly port?: number
  readonly host?: string
  readonly foreground?: true
  readonly open: boolean
  readonly idle?: number
  readonly hold?: number
  readonly memoryFloor?: number
  readonly stall?: number
  readonly mostAwake?: number
  readonly memoryLimit?: number
  readonly tier?: string
}

export function start(parent: Command): void {
  verb(parent, {
    words: "start",
    about: "start what is missing, open the app, print its address",
    examples: ["corral start", "corral start --port 0 --no-open --json", "corral start --foreground"],
  })
    .addOption(portOption())
    .option("--host <host>", "the address to listen on (default: 127.0.0.1)")
    .option("--foreground", "stay in this terminal; Ctrl-C stops the server and every session")
    .option("--no-open", "open no browser")
    .addOption(spanOption("--idle <time>", "put a thread to sleep after so long without a reason to be awake (default: 30m)"))
    .addOption(spanOption("--hold <time>", "keep sessions so long when the server is gone (default: 30s; 0s: not at all)"))
    .addOption(
      percentOption("--memory-floor <percent>", "put idle threads to sleep early when less memory is free (default: 10; 0: never)"),
    )
    .addOption(
      countOption("--most-awake <count>", "at most so many sessions awake at once; the others wait in line (default: 0: no limit)"),
    )
    .addOption(
      sizeOption(
        "--memory-limit <size>",
        "stop a session that holds more than this, and ask before where somebody watches (default: no limit)",
      ),
    )
    .addOption(spanOption("--stall <time>", "show a turn as stalled after so long without a sign of work (default: 10m; 0s: never)"))
    .addOption(tierOption("how processes are contained (default: token)"))
    .action((options: StartOptions) => (options.foreground ? stayInForeground(options) : startInBackground(options)))
}

async function startInBackground(options: StartOptions): Promise<void> {
  await withServer(async (connection, { server, isNew }) => {
    const [{ url }, { problems: notices }] = await Promise.all([connection.call("link", {}), connection.call("status", {})])
    if (!isNew) sayUnused(options)
    tell(options, { address: server.address, link: url, pid: server.pid, notices }, isNew)
  }, serverOptions(options))
}

/** A server keeps the settings it was started with. */
function sayUnused({ port, host, idle, hold, memoryFloor, stall, mostAwake, memoryLimit, tier }: StartOptions): void {
  const given = Object.entries({
    "--port": port,
    "--host": host,
    "--idle": idle,
    "--hold": hold,
    "--memory-floor": memoryFloor,
    "--stall": stall,
    "--most-awake": mostAwake,
    "--memory-limit": memoryLimit,
    "--tier": tier,
  })
  const unused = given.flatMap(([name, value]) => (value === undefined ? [] : name))
  if (unused.length === 0) return
  remark(paint("yellow", `It was running already, so ${unused.join(", ")} changed nothing. Next: corral stop, then start`, process.stderr))
}

async function stayInForeground(options: StartOptions): Promise<void> {
  const running = await findServer()
  if (running !== undefined) {
    throw new Failure("HomeTaken", `Corral runs already at ${running.address} (pid ${running.pid}). Next: corral stop`)
  }
  const code = await runServer(serverOptions(options), (ready) => tell(options, ready, true))
  process.exitCode = code === 0 ? exitCodes.done : exitCodes.failed
}

function tell(options: StartOptions, ready: Ready, isNew: boolean): void {
  const isOpened = options.open && !options.json && openBrowser(ready.link)
  for (const notice of ready.notices) remark(paint("yellow", `✗ ${notice}`, process.stderr))
  if (options.json) return sayJson({ ...ready, isNew })
  say(
    `${paint("bold", "Corral")}  ${paint("cyan", ready.address)}  ${paint("dim", isNew ? "started" : "was running already")}`,
    `${isOpened ? "opened in your browser; by hand" : "open this to sign in, once, within ten minutes"}:`,
    `  ${ready.link}`,
    paint("dim", `${options.foreground ? "Ctrl-C stops it and every session" : "stop it and every session with: corral stop"}`),
  )
}

function serverOptions({ port, host, idle, hold, memoryFloor, stall, mostAwake, memoryLimit, tier }: StartOptions): ServerOptions {
  return {
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
    ...(idle !== undefined && { idleMillis: idle }),
    ...(hold !== undefined && { holdMillis: hold }),
    ...(memoryFloor !== undefined && { memoryFloorPercent: memoryFloor }),
    ...(stall !== undefined && { stallMillis: stall }),
    ...(mostAwake !== undefined && { mostAwake }),
    ...(memoryLimit !== undefined && { memoryLimitBytes: memoryLimit }),
    ...(tier !== undefined && { tier }),
  }
}
