import { SessionId } from "@corral/contracts/ids"
import type { Found, Survey } from "@corral/contracts/survey"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { order, thread } from "../engine/engine.test-support.ts"
import { Supervisor, SupervisorLost, SupervisorRefused } from "../supervisor/supervisor.ts"
import { onStage } from "./played.test-support.ts"
import { sessionId } from "./session-id.ts"
import { Surveyor } from "./survey.ts"

const found = (pid: number, session: SessionId | null): Found => ({
  kind: "agent",
  name: "practice",
  pid,
  start: pid,
  startedAt: 1,
  within: null,
  isOtherUsers: false,
  owner: { kind: "corral", name: "/home/ada/.corral", pid: null, evidence: "bears its token", next: null, session },
  command: "practice",
  pids: [pid],
  memoryBytes: 1,
})
const seen = (...all: readonly Found[]): Survey => ({
  checkedAt: 1,
  memory: "shared-once",
  found: all,
  processes: all.length,
  memoryBytes: 1,
})
const survey = Effect.flatMap(Surveyor, (surveyor) => surveyor.survey).pipe(Effect.provide(Surveyor.layer))

describe("a survey", () => {
  it.live("names the threads of this home that are among the found, and nobody else's", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const stranger = SessionId.make("thr_of-another-home.1")
        played.answers.survey = () => seen(found(1, sessionId(thread(1), 3)), found(2, stranger), found(3, null))
        const { threads, found: all } = yield* survey
        assert.deepStrictEqual(threads, [{ session: sessionId(thread(1), 3), threadId: thread(1), title: "Thread 1" }])
        assert.strictEqual(all.length, 3)
      }),
    ),
  )

  it.live("knows no thread that was deleted", () =>
    onStage((played) =>
      Effect.gen(function* () {
        yield* order({ _tag: "thread.delete", threadId: thread(1) })
        played.answers.survey = () => seen(found(1, sessionId(thread(1), 3)))
        assert.deepStrictEqual((yield* survey).threads, [])
      }),
    ),
  )
})

describe("what could not be asked", () => {
  const problem = (ask: "survey" | "end", error: SupervisorRefused | SupervisorLost) =>
    onStage(() =>
      Effect.gen(function* () {
        const supervisor = yield* Supervisor
        const surveyor = Effect.flatMap(Surveyor, (one) =>
          ask === "survey" ? Effect.asVoid(one.survey) : Effect.asVoid(one.end("plan_1")),
        )
        const refusing = Supervisor.of({ ...supervisor, ask: () => Effect.fail(error) })
        return yield* Effect.flip(surveyor).pipe(Effect.provide(Surveyor.layer), Effect.provideService(Supervisor, refusing))
      }),
    )
  const refused = (tag: string, said: string) => new SupervisorRefused({ ask: "end", tag, problem: said })

  it.live("because the supervisor is older than these asks names the next step", () =>
    Effect.map(problem("survey", refused("bad-request", 'there is no ask "survey"')), ({ message, isUnknown }) => {
      assert.match(message, /older version.*Run `corral stop`, then start again\.$/)
      assert.isFalse(isUnknown)
    }),
  )

  it.live("because no such plan waits says that nothing was done", () =>
    Effect.map(problem("end", refused("unknown-plan", "this plan waits no more")), ({ message, isUnknown }) => {
      assert.match(message, /nothing was done now\. Look again/)
      assert.isTrue(isUnknown)
    }),
  )

  it.live("because the look itself failed says so once, and why", () =>
    Effect.map(problem("survey", refused("no-survey", "The machine could not be looked at: no /proc")), ({ message }) =>
      assert.strictEqual(message, "The machine could not be looked at: no /proc. Look again."),
    ),
  )

  it.live("because nobody answered does not claim that nothing was ended", () =>
    Effect.map(
      problem("end", new SupervisorLost({ ask: "end", waitedMillis: 20_000, problem: "it is away" })),
      ({ message, isUnknown }) => {
        assert.match(message, /^Whether it was ended is not known; look again: .*it is away$/)
        assert.isFalse(isUnknown)
      },
    ),
  )
})
