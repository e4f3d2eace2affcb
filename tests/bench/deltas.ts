// 20,000 deltas from a model to a screen: none lost, none twice, stored once, and cheap.
import { statSync } from "node:fs"
import { join } from "node:path"
import type { ThreadId, TurnId } from "@corral/contracts/ids"
import type { ThreadItem } from "@corral/contracts/rpc"
import { applyLive } from "@corral/domain/views/live"
import { foldRows, type Transcript } from "@corral/domain/views/transcript"
import { within } from "../agents/deadline.ts"
import type { Corral } from "../stories/corral.ts"
import { claude, practice, type Kind } from "../stories/kinds.ts"
import { makeScene, type Scene } from "../stories/scene.ts"
import { addProject, converse, createThread, rowsOf, send } from "../stories/talk.ts"
import { type Figure, most } from "./figure.ts"
import { cpuMillis } from "./process-cost.ts"

const deltas = 20_000
const turnWithinMillis = 120_000

interface Stream {
  readonly kind: Kind
  readonly prompt: string
  readonly expected: string
}

const numbered = (piece: (n: number) => string) => Array.from({ length: deltas }, (_, n) => piece(n)).join("")

const streams: readonly Stream[] = [
  { kind: claude, prompt: `burst ${deltas}`, expected: numbered((n) => `b ${n} `) },
  { kind: practice, prompt: `slow ${deltas} 0`, expected: numbered((n) => `${n + 1} `) },
]

export const measureDeltas = async (): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const stream of streams) figures.push(...(await measureStream(stream)))
  return figures
}

const measureStream = async (stream: Stream): Promise<readonly Figure[]> => {
  const scene = await makeScene()
  try {
    const warm = await scene.start()
    const projectId = await addProject(warm.client, scene.project)
    const threadId = await createThread(warm.client, projectId, stream.kind.config)
    await converse(warm.client, threadId, "say hello")
    await warm.stop()
    const before = databaseBytes(scene)
    const corral = await scene.start()
    const told = await tell(corral, threadId, stream)
    await corral.stop()
    const growth = (databaseBytes(scene) - before) / Buffer.byteLength(stream.expected)
    return figuresOf(stream, { ...told, growth })
  } finally {
    await scene.end()
  }
}

const databaseBytes = ({ home }: Scene): number =>
  ["corral.db", "corral.db-wal"].reduce((sum, name) => sum + (statSync(join(home, name), { throwIfNoEntry: false })?.size ?? 0), 0)

interface Told {
  readonly cpu: number
  readonly faults: number
  readonly messages: number
  readonly millis: number
}

/** Watches as the app does, with the app's own fold, and looks at the text after every message. */
const tell = async (corral: Corral, threadId: ThreadId, { prompt, expected }: Stream): Promise<Told> => {
  const screen = watchScreen(corral, threadId, expected)
  // The agent is awake before the clock runs: its start is not what is measured.
  await converse(corral.client, threadId, "say awake")
  const [cpu, began] = [cpuMillis(corral.pid), performance.now()]
  const turnId = await send(corral.client, threadId, prompt)
  await within(screen.ended(turnId), { what: "the end of the stream", withinMillis: turnWithinMillis })
  const millis = performance.now() - began
  const spent = cpuMillis(corral.pid) - cpu
  screen.stop()
  const stored = (await rowsOf(corral.client, threadId))
    .flatMap((row) => (row._tag === "text" && row.turnId === turnId ? [row.text] : []))
    .join("")
  const faults = [...screen.faults(), ...(stored === expected ? [] : ["what is stored is not what was said"])]
  for (const fault of faults.slice(0, 3)) console.error(`  ${fault}`)
  return { cpu: spent / 1000, faults: faults.length, messages: screen.messages(), millis }
}

const watchScreen = (corral: Corral, threadId: ThreadId, expected: string) => {
  let rows: Transcript = []
  let messages = 0
  const faults: string[] = []
  const waiting = new Map<TurnId, () => void>()
  const hasEnded = (turnId: TurnId) => rows.some(({ row }) => row._tag === "ended" && row.turnId === turnId)
  const item = (told: ThreadItem) => {
    messages += 1
    if (told._tag === "snapshot") rows = applyLive(told.rows, told.live)
    if (told._tag === "events") rows = told.events.reduce((before: Transcript, stored) => foldRows(before, stored), rows)
    if (told._tag === "live") rows = applyLive(rows, told.pieces)
    const text = rows.flatMap(({ row }) => (row._tag === "text" && row.text.startsWith(expected.slice(0, 4)) ? [row.text] : [])).join("")
    if (!expected.startsWith(text)) faults.push(`message ${messages} shows other text at ${text.length}`)
    for (const [turnId, end] of waiting) {
      if (!hasEnded(turnId)) continue
      if (text !== expected) faults.push(`the screen ends with ${text.length} of ${expected.length} characters`)
      end()
    }
  }
  const stop = corral.client.watch("thread", () => ({ threadId, after: null }), { item })
  return {
    stop,
    ended: (turnId: TurnId) => new Promise<void>((resolve) => waiting.set(turnId, resolve)),
    faults: () => faults,
    messages: () => messages,
  }
}

const figuresOf = (
  { kind, expected }: Stream,
  { cpu, faults, messages, millis, growth }: Told & { readonly growth: number },
): readonly Figure[] => {
  const note = `${expected.length} characters in ${messages} messages, ${Math.round(millis)} ms`
  return [
    { name: `20,000 deltas of ${kind.name}: lost or doubled`, unit: "", reached: faults, target: most(0), note },
    { name: `20,000 deltas of ${kind.name}: server CPU`, unit: "s", reached: cpu, target: most(3), note: "" },
    { name: `20,000 deltas of ${kind.name}: database growth`, unit: "×", reached: growth, target: most(1.3), note: "to the text's bytes" },
  ]
}
