// Corral's own program beside the supervisor, for one question about the whole machine. To read a thousand processes takes longer than the
// supervisor's loop may stand still, and what breaks over there breaks no agent's pipes. It ends with its input, so it does not outlive us.
import { spawn } from "node:child_process"
import { maxFrameBytes } from "@corral/contracts/limits"
import { cutLines } from "../cut-lines.ts"
import { ownProgram } from "../own-program.ts"
import { consent } from "./doctor.ts"

/** Of what it complains, for the refusal: the first sentence says it. */
const maxComplaintChars = 500

export interface OneShot {
  /** The next line that it says, as JSON; undefined: it has left without one, was too slow and was ended, or spoke no JSON. */
  readonly hear: (withinMillis: number) => Promise<unknown>
  /** Ends what it has planned. */
  readonly agree: () => void
  /** What it has not begun it does not do any more; what it has, it does. */
  readonly close: () => void
  readonly left: Promise<void>
  readonly complaint: () => string
}

export type StartOneShot = (words: readonly string[]) => OneShot

export function startOneShot(words: readonly string[]): OneShot {
  const [command = "", ...args] = [...ownProgram, ...words]
  const tier = process.env["CORRAL_TIER"]
  const child = spawn(command, args, { cwd: "/", env: tier === undefined ? {} : { CORRAL_TIER: tier }, stdio: ["pipe", "pipe", "pipe"] })
  const said: unknown[] = []
  let complaint = ""
  let news: () => void = () => {}
  const left = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      complaint = error.message
      resolve()
    })
    child.once("close", () => resolve())
  })
  const take = (line: unknown): void => {
    said.push(line)
    news()
  }
  const cutter = cutLines(
    maxFrameBytes,
    (line) => take(parse(line)),
    () => take(undefined),
  )
  child.stdout.on("data", (piece: Buffer) => cutter.push(piece))
  child.stderr.on("data", (piece: Buffer) => (complaint = `${complaint}${piece.toString()}`.slice(0, maxComplaintChars)))
  child.stdin.on("error", () => {})
  return {
    hear: async (withinMillis) => {
      const slow = setTimeout(() => child.kill("SIGKILL"), withinMillis)
      if (said.length === 0) await Promise.race([left, new Promise<void>((resolve) => (news = resolve))])
      clearTimeout(slow)
      return said.shift()
    },
    agree: () => void child.stdin.write(`${consent}\n`),
    close: () => void child.stdin.end(),
    left,
    complaint: () => complaint.trim(),
  }
}

function parse(line: Buffer): unknown {
  try {
    const said: unknown = JSON.parse(line.toString("utf8"))
    return said
  } catch {
    return undefined
  }
}
