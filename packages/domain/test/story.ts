// Tells a test of the domain: given what happened, when somebody asks, then events and intents. One second passes per event.
import type { Certificate, StopReason } from "@corral/contracts/certificate"
import type { Command } from "@corral/contracts/command"
import type { Event } from "@corral/contracts/event"
import { ItemId, type Millis, ProjectId, ProviderId, RequestId, SessionId, ThreadId, TreeId, TurnId } from "@corral/contracts/ids"
import type { Intent } from "@corral/contracts/intent"
import type { Project } from "@corral/contracts/project"
import type { Config, Provider } from "@corral/contracts/provider"
import type { Thread } from "@corral/contracts/thread"
import type { Request } from "@corral/contracts/turn"
import { decide } from "@corral/domain/decide"
import type { Decision } from "@corral/domain/decision"
import { evolveProject, evolveThread } from "@corral/domain/evolve"
import type { Circumstances, World } from "@corral/domain/state"

export const projectId = ProjectId.make("prj_corral")
export const threadId = ThreadId.make("thr_one")
export const otherId = ThreadId.make("thr_two")
export const turnIds = { first: TurnId.make("trn_1"), second: TurnId.make("trn_2"), third: TurnId.make("trn_3") }
export const treeId = TreeId.make("tre_1")
export const requestId = RequestId.make("req_1")
export const item = (name: string) => ItemId.make(name)

export const claude: Provider = {
  provider: ProviderId.make("claude"),
  name: "Claude Code",
  version: "2.1.330",
  binary: "/usr/bin/claude",
  problem: null,
  models: [
    { model: "opus", name: "Opus", description: "", efforts: ["low", "high"] },
    { model: "haiku", name: "Haiku", description: "", efforts: [] },
  ],
  modelsKnown: true,
  modes: ["ask", "edit", "full", "plan"],
  live: ["model", "effort"],
}

export const practice: Provider = {
  ...claude,
  provider: ProviderId.make("practice"),
  name: "Practice agent",
  models: [],
  modes: ["ask", "full"],
  live: ["mode"],
}

export const config: Config = { provider: claude.provider, model: "opus", effort: "low", mode: "ask" }

export const added = { _tag: "project.added", projectId, name: "corral", path: "/src/corral" } satisfies Event
export const created = { _tag: "thread.created", threadId, projectId, title: "Fix it", config } satisfies Event
export const archived = { _tag: "thread.archived", threadId } satisfies Event
export const deleted = { _tag: "thread.deleted", threadId } satisfies Event
export const waking = { _tag: "runtime.waking", threadId, generation: 1, treeId } satisfies Event
export const running = { _tag: "runtime.started", threadId, generation: 1, treeId, tier: "linux-token", pid: 7 } satisfies Event
export const stopping = (reason: StopReason) => ({ _tag: "runtime.stopping", threadId, reason }) satisfies Event
export const queued = (turnId: TurnId, text = "And then?") => ({ _tag: "turn.queued", threadId, turnId, text }) satisfies Event
export const started = (turnId: TurnId, text = "Hello") => ({ _tag: "turn.started", threadId, turnId, text }) satisfies Event
export const sent = (turnId: TurnId) => ({ _tag: "turn.sent", threadId, turnId }) satisfies Event
export const ended = (turnId: TurnId, outcome: "completed" | "interrupted" | "failed", error: string | null = null) =>
  ({
    _tag: "turn.completed",
    threadId,
    turnId,
    outcome,
    error,
    usage: null,
  }) satisfies Event

export const request: Request = {
  requestId,
  turnId: turnIds.first,
  kind: "command",
  toolName: "Bash",
  subject: "rm -rf build",
  cwd: "/src/corral",
  always: null,
  questions: [],
  openedAt: 1,
}
export const asked = (more: Partial<Request> = {}) =>
  ({ _tag: "turn.request-opened", threadId, request: { ...request, ...more } }) satisfies Event
export const closed = (id = requestId) => ({ _tag: "turn.request-closed", threadId, requestId: id, answer: null }) satisfies Event

/** A thread as it usually is at some point of its life. */
export const asleep = [added, created]
export const idle = [...asleep, waking, running]
export const busy = [...asleep, started(turnIds.first), waking, running, sent(turnIds.first)]

export const certificate = (reason: StopReason, more: Partial<Certificate> = {}): Certificate => ({
  certificateId: "crt_1",
  treeId,
  sessions: [SessionId.make("thr_one.1")],
  threadIds: [threadId],
  provider: "claude",
  reason,
  askedBy: "server",
  startedAt: 1,
  endedAt: 2,
  rungs: [],
  killed: [],
  freedBytes: 300,
  left: 0,
  survivors: [],
  untagged: 0,
  exit: null,
  tier: "linux-token",
  checkedAt: 2,
  outcome: "gone",
  ...more,
})

export const stopped = (reason: StopReason, more: Partial<Certificate> = {}) => {
  const { certificateId, freedBytes, left, outcome, unseen } = certificate(reason, more)
  const blind = unseen === undefined ? {} : { unseen }
  return { _tag: "runtime.stopped", threadId, generation: 1, certificateId, reason, freedBytes, left, outcome, ...blind } satisfies Event
}

export interface Story extends World {
  readonly now: Millis
  /** The thread that most stories are about; fails where it is not there. */
  readonly it: () => Thread
  readonly and: (...events: readonly Event[]) => Story
  readonly when: (command: Command, circumstances?: Partial<Circumstances>) => Decision
}

export const given = (...events: readonly Event[]): Story => {
  const threads = new Map<ThreadId, Thread>()
  const projects = new Map<ProjectId, Project>()
  events.forEach((event, i) => follow(threads, projects, { event, at: (i + 1) * 1000 }))
  const now = (events.length + 1) * 1000
  const world: World = {
    project: (id) => projects.get(id),
    projects: () => [...projects.values()],
    thread: (id) => threads.get(id),
    threadsOf: (id) => [...threads.values()].filter((thread) => thread.projectId === id && thread.status !== "deleted"),
  }
  return {
    ...world,
    now,
    it: () => threads.get(threadId) ?? fail("the story has no thread"),
    and: (...more) => given(...events, ...more),
    when: (command, circumstances) => decide(world, command, { now, providers: [claude, practice], folder: null, ...circumstances }),
  }
}

const follow = (threads: Map<ThreadId, Thread>, projects: Map<ProjectId, Project>, { event, at }: { event: Event; at: Millis }) => {
  if ("threadId" in event) {
    const thread = evolveThread(threads.get(event.threadId), event, at)
    if (thread !== undefined) threads.set(event.threadId, thread)
    return
  }
  const project = evolveProject(projects.get(event.projectId), event, at)
  if (project === undefined) projects.delete(event.projectId)
  else projects.set(event.projectId, project)
}

const fail = (problem: string): never => {
  throw new Error(problem)
}

export const eventsOf = (decision: Decision): readonly Event[] =>
  decision._tag === "accepted" ? decision.events : fail(`rejected: ${decision.rejection.message}`)

export const intentsOf = (decision: Decision): readonly Intent[] =>
  decision._tag === "accepted" ? decision.intents : fail(`rejected: ${decision.rejection.message}`)

/** Null: accepted. */
export const reasonOf = (decision: Decision): string | null => (decision._tag === "rejected" ? decision.rejection.reason : null)

export const messageOf = (decision: Decision): string => (decision._tag === "rejected" ? decision.rejection.message : "")
