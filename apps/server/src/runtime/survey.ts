// Every coding agent and MCP server of this machine, and the end of those that a person named. The supervisor sees and ends; here it is
// said which of them serve threads of this home, and what it means where the supervisor could not.
import type { Calls, SurveyHere } from "@corral/contracts/rpc"
import type { EndReport, PlannedEnd, Survey } from "@corral/contracts/survey"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Engine } from "../engine/engine.ts"
import { Supervisor, type SupervisorLost, type SupervisorRefused } from "../supervisor/supervisor.ts"
import { parseSessionId } from "./session-id.ts"

/** What was asked could not be seen or done, in words that name the next step. `isUnknown`: no such plan waits. */
export class CannotSurvey extends Schema.TaggedError<CannotSurvey>()("CannotSurvey", {
  problem: Schema.String,
  isUnknown: Schema.Boolean,
}) {
  override get message() {
    return this.problem
  }
}

export class Surveyor extends Context.Service<
  Surveyor,
  {
    readonly survey: Effect.Effect<SurveyHere, CannotSurvey>
    readonly planEnd: (named: Calls["planEnd"]["takes"]["named"]) => Effect.Effect<PlannedEnd, CannotSurvey>
    readonly end: (planId: string) => Effect.Effect<EndReport, CannotSurvey>
  }
>()("corral/Surveyor") {
  static readonly layer = Layer.effect(
    Surveyor,
    Effect.gen(function* () {
      const engine = yield* Engine
      const supervisor = yield* Supervisor
      return Surveyor.of({
        survey: supervisor.ask("survey", {}).pipe(
          Effect.map((survey) => ({ ...survey, threads: threadsOf(survey, engine) })),
          Effect.mapError((error) => cannot("The machine could not be looked at", error)),
        ),
        planEnd: (named) =>
          supervisor.ask("planEnd", { named }).pipe(Effect.mapError((error) => cannot("What would end could not be seen", error))),
        end: (planId) =>
          supervisor
            .ask("end", { planId })
            .pipe(Effect.mapError((error) => cannot("Whether it was ended is not known; look again", error))),
      })
    }),
  )
}

const threadsOf = ({ found }: Survey, engine: Engine["Service"]): SurveyHere["threads"] =>
  found.flatMap(({ owner: { session } }) => {
    const threadId = session === null ? undefined : parseSessionId(session)?.threadId
    const thread = threadId === undefined ? undefined : engine.thread(threadId)
    return session === null || thread === undefined || thread.status === "deleted"
      ? []
      : [{ session, threadId: thread.threadId, title: thread.title }]
  })

const cannot = (what: string, error: SupervisorRefused | SupervisorLost): CannotSurvey => {
  if (error._tag === "SupervisorLost") return new CannotSurvey({ problem: `${what}: ${error.message}`, isUnknown: false })
  const { tag, problem } = error
  if (tag === "unknown-plan") {
    return new CannotSurvey({ problem: "This plan waits no more, so nothing was done now. Look again, and choose anew.", isUnknown: true })
  }
  // It has said what could not be done.
  if (tag === "no-survey") return new CannotSurvey({ problem: `${problem}. Look again.`, isUnknown: false })
  // A supervisor that a former version of Corral has left with its agents does not know these asks.
  const isOld = tag === "bad-request" && problem.startsWith("there is no ask")
  const next = "The supervisor is of an older version, which cannot do this. Run `corral stop`, then start again."
  return new CannotSurvey({ problem: isOld ? next : `${what}: ${problem}.`, isUnknown: false })
}
