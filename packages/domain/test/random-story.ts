// Stories of random orders and facts. Each seed is a story that can be told again.
import type { StopReason } from "@corral/contracts/certificate"
import type { Command } from "@corral/contracts/command"
import type { Event } from "@corral/contracts/event"
import { ProjectId, RequestId, ThreadId, TreeId, TurnId } from "@corral/contracts/ids"
import type { Intent } from "@corral/contracts/intent"
import { asleep, certificate, claude, config, given, item, practice, request, type Story, threadId } from "./story.ts"

const stepsOfStory = 150

export interface Step {
  readonly before: Story
  readonly after: Story
  readonly command: Command
  readonly events: readonly Event[]
  readonly intents: readonly Intent[]
}

/** Tells one story to its end; `see` is shown every step that was accepted, `refused` why the others were not. */
export const tell = (seed: number, see: (step: Step) => void, refused: (message: string) => void = () => {}): void => {
  const chance = chanceOf(seed)
  const log: Event[] = [...asleep]
  let before = given(...log)
  for (let step = 0; step < stepsOfStory; step++) {
    const command = nextCommand(chance, before)
    const decision = before.when(command, { folder: { path: "/a" } })
    if (decision._tag === "rejected") {
      refused(decision.rejection.message)
      continue
    }
    log.push(...decision.events)
    const after = given(...log)
    see({ before, after, command, events: decision.events, intents: decision.intents })
    before = after
  }
}

/** The same numbers for the same seed (mulberry32). */
const chanceOf = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
type Chance = ReturnType<typeof chanceOf>
type Speaker = (chance: Chance, story: Story) => Command

const pick = <A>(chance: Chance, ...choices: readonly [A, ...A[]]): A => choices[chance(choices.length)] ?? choices[0]

/** Who speaks: an agent that works most of the time, a person often, trouble sometimes, and strange orders now and then. */
const nextCommand = (chance: Chance, story: Story): Command => {
  const lottery = chance(100)
  if (lottery < 40) return pick(chance, ...agent)(chance, story)
  if (lottery < 80) return pick(chance, ...person)(chance, story)
  return lottery < 95 ? pick(chance, ...trouble)(chance, story) : pick(chance, ...strange)(chance, story)
}

const turnId = (chance: Chance) => TurnId.make(`trn_${chance(6)}`)
const currentTurn = (story: Story) => story.thread(threadId)?.turn?.turnId ?? null
const reasons: readonly [StopReason, ...StopReason[]] = [
  "stop",
  "archive",
  "replace",
  "switch",
  "idle",
  "shutdown",
  "server-lost",
  "exited",
]

/** Mostly of the present generation. */
const fact = (chance: Chance, story: Story) => {
  const generation = story.thread(threadId)?.runtime.generation ?? 0
  return { threadId, generation: chance(10) === 0 ? generation - 1 : generation }
}

const treeOf = (generation: number) => TreeId.make(`tre_${generation}`)

const recordWaking: Speaker = (chance, story) => {
  const { generation } = fact(chance, story)
  return { _tag: "runtime.record-waking", threadId, generation: generation + 1, treeId: treeOf(generation + 1) }
}

const recordStarted: Speaker = (chance, story) => {
  const about = fact(chance, story)
  return { ...about, _tag: "runtime.record-started", treeId: treeOf(about.generation), tier: "linux-token", pid: 9 }
}

const agent: readonly [Speaker, ...Speaker[]] = [
  recordWaking,
  recordWaking,
  recordStarted,
  recordStarted,
  (chance, story) => ({ ...fact(chance, story), _tag: "runtime.record-session", cursor: pick(chance, "a", "b") }),
  (chance, story) => {
    const background = pick(chance, [], [{ taskId: "b", kind: "shell", title: "dev" }])
    return { ...fact(chance, story), _tag: "runtime.record-background", background }
  },
  (chance, story) => ({ ...fact(chance, story), _tag: "turn.record-sent", turnId: currentTurn(story) ?? turnId(chance) }),
  (chance, story) => {
    const piece = { _tag: "text", itemId: item("a"), turnId: null, offset: 0, text: "x", done: false } as const
    return { ...fact(chance, story), _tag: "turn.record", pieces: [piece] }
  },
  (chance, story) => {
    const asked = { ...request, requestId: RequestId.make(`req_${chance(3)}`), turnId: pick(chance, null, currentTurn(story)) }
    return { ...fact(chance, story), _tag: "turn.record-request", request: asked }
  },
  (chance, story) => ({ ...fact(chance, story), _tag: "turn.record-withdrawn", requestId: RequestId.make(`req_${chance(3)}`) }),
  (chance, story) => {
    const outcome = pick(chance, "completed", "interrupted", "failed")
    const about = { ...fact(chance, story), turnId: pick(chance, currentTurn(story), turnId(chance)) }
    return { ...about, _tag: "turn.complete", outcome, error: null, usage: null }
  },
]

const startTurn: Speaker = (chance) => {
  const text = pick(chance, "Hello", "Go on", " ")
  return { _tag: "turn.start", threadId, turnId: turnId(chance), text, whenBusy: pick(chance, "queue", "queue", "refuse") }
}

const person: readonly [Speaker, ...Speaker[]] = [
  startTurn,
  startTurn,
  startTurn,
  (chance) => ({ _tag: "turn.interrupt", threadId, turnId: turnId(chance) }),
  (chance, story) => {
    const requestId = story.thread(threadId)?.requests[0]?.requestId ?? RequestId.make("req_0")
    return {
      _tag: "turn.answer",
      threadId,
      requestId,
      answer: { decision: pick(chance, "allow", "always", "deny"), text: null, answers: {} },
    }
  },
  (chance) => {
    const change = pick<object>(chance, { effort: "high" }, { model: "haiku" }, { mode: "full" }, { mode: "plan" })
    const provider = pick<object>(chance, {}, {}, { provider: practice.provider, mode: "full" }, { provider: claude.provider })
    return { _tag: "thread.set", threadId, ...change, ...provider }
  },
  () => ({ _tag: "thread.unarchive", threadId }),
  (chance) => ({ _tag: pick(chance, "runtime.wake", "runtime.stop", "thread.archive"), threadId }),
  (chance, { now }) => ({ _tag: "runtime.keep", threadId, until: pick(chance, null, 0, now + 5000, 1) }),
]

const trouble: readonly [Speaker, ...Speaker[]] = [
  (chance, story) => ({
    ...fact(chance, story),
    _tag: "runtime.hibernate",
    reason: pick(chance, "idle", "memory", "room"),
    idleMillis: 1000,
  }),
  (chance, story) => ({ ...fact(chance, story), _tag: "runtime.limit" }),
  (chance, story) => ({ ...fact(chance, story), _tag: "runtime.record-failed", error: "No." }),
  (chance, story) => {
    const more = { certificateId: `crt_${chance(20)}`, outcome: pick(chance, "gone", "gone", "gone", "stuck") } as const
    return { ...fact(chance, story), _tag: "runtime.record-stopped", certificate: certificate(pick(chance, ...reasons), more) }
  },
]

const anyThread = (chance: Chance) => ThreadId.make(pick(chance, "thr_one", "thr_two", "thr_two", "thr_two"))
const anyProject = (chance: Chance) => ProjectId.make(pick(chance, "prj_corral", "prj_b", "prj_b"))

const strange: readonly [Speaker, ...Speaker[]] = [
  (chance) => ({ _tag: "project.add", projectId: anyProject(chance), path: "/a", name: pick(chance, null, "A", "") }),
  (chance) => ({ _tag: "project.rename", projectId: anyProject(chance), name: pick(chance, "A", "B", " ") }),
  () => ({ _tag: "project.remove", projectId: ProjectId.make("prj_b") }),
  (chance) => ({
    _tag: "thread.create",
    threadId: anyThread(chance),
    projectId: anyProject(chance),
    title: pick(chance, null, "T"),
    config,
  }),
  (chance) => ({ _tag: "thread.rename", threadId: anyThread(chance), title: pick(chance, "T", "U", "") }),
  (chance) => ({ _tag: pick(chance, "thread.archive", "thread.unarchive", "thread.delete"), threadId: ThreadId.make("thr_two") }),
  (chance) => ({ _tag: chance(4) === 0 ? "thread.delete" : "thread.archive", threadId }),
]
