// The server killed at random moments of a turn and started again: whether the conversation reads as if nothing had happened, and how soon.
import type { Connection } from "@corral/client/connect"
import type { ThreadId, TurnId } from "@corral/contracts/ids"
import type { Row } from "@corral/contracts/turn"
import { setTimeout as pause } from "node:timers/promises"
import { kinds, rootsOf, type Kind } from "../stories/kinds.ts"
import { makeScene } from "../stories/scene.ts"
import { addProject, createThread, rowsOf, send, threadWhen } from "../stories/talk.ts"
import { type Figure, most, quantile, spread } from "./figure.ts"

const killsPerKind = 25
const hold = { CORRAL_HOLD_MILLIS: "30000" }
/** A turn of about two seconds: thinking, a tool, a stream. */
const script: Readonly<Record<string, string>> = {
  claude: `think: let me see what there is\ntool: python3 -c "import time; time.sleep(0.4); print('ran')"\nslow 40 25\nsay the end`,
  practice: "think let me see what there is\nrun sleep 0.4; echo ran\nslow 40 25\nsay the end",
}
const turnMillis = 2_200

export const measureReattach = async (): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const kind of kinds) figures.push(...(await measureKind(kind)))
  return figures
}

const measureKind = async (kind: Kind): Promise<readonly Figure[]> => {
  const scene = await makeScene()
  try {
    let corral = await scene.start(hold)
    const projectId = await addProject(corral.client, scene.project)
    const threadId = await createThread(corral.client, projectId, kind.config)
    const undisturbed = await tell(corral.client, threadId, kind)
    const [root] = rootsOf(scene, kind)
    const millis: number[] = []
    let different = 0
    for (let i = 0; i < killsPerKind; i++) {
      const turnId = await send(corral.client, threadId, script[kind.name] ?? "")
      await threadWhen(corral.client, threadId, { what: "a running turn", fits: ({ turn }) => turn?.sent === true })
      await pause((turnMillis * i) / killsPerKind)
      corral.signal("SIGKILL")
      await corral.exited
      corral.client.close()
      corral = await scene.start(hold)
      const ready = performance.now()
      await nextWord(corral.client, threadId)
      millis.push(performance.now() - ready)
      await ended(corral.client, threadId)
      const isSame = contentOf(await rowsOf(corral.client, threadId), turnId) === undisturbed
      const [now] = rootsOf(scene, kind)
      if (!isSame || now?.pid !== root?.pid) different += 1
    }
    const name = `killed in mid turn, ${kind.name}`
    return [
      { name: `${name}: conversations that differ`, unit: "", reached: different, target: most(0), note: `of ${killsPerKind} kills` },
      {
        name: `${name}: ready to the thread's next word, p50`,
        unit: "ms",
        reached: quantile(millis, 0.5),
        target: most(100),
        note: `${spread(millis, "ms")}; the agent itself pauses up to 400 ms`,
      },
    ]
  } finally {
    await scene.end()
  }
}

const tell = async (client: Connection, threadId: ThreadId, kind: Kind): Promise<string> => {
  const turnId = await send(client, threadId, script[kind.name] ?? "")
  await ended(client, threadId)
  return contentOf(await rowsOf(client, threadId), turnId)
}

const ended = (client: Connection, threadId: ThreadId) =>
  threadWhen(client, threadId, { what: "the end of the turn", fits: ({ turn }) => turn === null })

/** Anything of the thread that a page would show: its state, an event, or text on its way. */
const nextWord = (client: Connection, threadId: ThreadId): Promise<void> =>
  new Promise((resolve) => {
    const stop = client.watch("thread", () => ({ threadId, after: null }), {
      item: () => {
        setImmediate(() => stop())
        resolve()
      },
    })
  })

/** Without times and ids: what two tellings of the same have in common. */
const contentOf = (rows: readonly Row[], turnId: TurnId): string =>
  JSON.stringify(rows.flatMap((row) => ("turnId" in row && row.turnId === turnId && row._tag !== "user" ? [wordsOf(row)] : [])))

const wordsOf = (row: Row): readonly unknown[] => {
  if (row._tag === "text" || row._tag === "thinking") return [row._tag, row.text, row.done]
  if (row._tag === "tool") return [row._tag, row.name, row.title, row.input, row.output, row.status]
  return [row._tag, row._tag === "ended" ? row.outcome : null]
}
