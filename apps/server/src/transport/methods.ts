// The calls of the public API: what each takes is decoded here and nowhere else, what each does is one function.
import { calls, type Method } from "@corral/contracts/rpc"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Engine } from "../engine/engine.ts"
import { Providers } from "../provider/providers.ts"
import type { Admission } from "../runtime/admission.ts"
import { Look } from "../runtime/look.ts"
import { MemoryHistory } from "../runtime/memory-history.ts"
import type { Sights } from "../runtime/sights.ts"
import { Surveyor } from "../runtime/survey.ts"
import { Store } from "../store/store.ts"
import type { Caller } from "./auth.ts"
import { admit } from "./calls/admit.ts"
import { certificateById } from "./calls/certificate.ts"
import { listFolders } from "./calls/folders.ts"
import { Links } from "./calls/link.ts"
import { oneRow } from "./calls/row.ts"
import { pageOfRows } from "./calls/rows.ts"
import { statusNow } from "./calls/status.ts"
import { oneThread } from "./calls/thread.ts"
import { listThreads } from "./calls/threads.ts"
import { waitOn } from "./calls/wait-on.ts"
import { badPayload, type Failure } from "./refusal.ts"
import { Server } from "./server.ts"

/** What calls and streams stand on. */
export type Services = Engine | Store | Providers | Admission | Look | MemoryHistory | Sights | Surveyor | Server | Links

type Answer = Effect.Effect<unknown, Failure, Services>

/** Payload as it came; the answer as it goes out. */
export type Bound = (payload: unknown, caller: Caller) => Answer

interface Contract<P, A> {
  readonly takes: Schema.Codec<P, unknown>
  readonly gives: Schema.Codec<A, unknown>
}

const bind = <P, A>({ takes }: Contract<P, A>, run: (payload: P, caller: Caller) => Effect.Effect<A, Failure, Services>): Bound => {
  const decode = Schema.decodeUnknownResult(takes)
  return (payload, caller) => {
    const decoded = decode(payload)
    return Result.isSuccess(decoded) ? run(decoded.success, caller) : Effect.fail(badPayload(decoded.failure))
  }
}

export const methods: Readonly<Record<Method, Bound>> = {
  dispatch: bind(calls.dispatch, (order, askedBy) => Effect.flatMap(Engine, (engine) => engine.dispatch({ ...order, askedBy }))),
  status: bind(calls.status, () => statusNow),
  threads: bind(calls.threads, listThreads),
  projects: bind(calls.projects, () => Effect.map(Engine, (engine) => engine.projects())),
  thread: bind(calls.thread, ({ threadId }) => oneThread(threadId)),
  rows: bind(calls.rows, pageOfRows),
  row: bind(calls.row, oneRow),
  providers: bind(calls.providers, ({ refresh }) => Effect.flatMap(Providers, (providers) => providers.probe(refresh))),
  folders: bind(calls.folders, ({ path }) => listFolders(path)),
  processes: bind(calls.processes, ({ threadId }) => Effect.flatMap(Look, (look) => look.processes(threadId))),
  count: bind(calls.count, () => Effect.flatMap(Look, (look) => look.count)),
  memoryHistory: bind(calls.memoryHistory, ({ range }) => Effect.flatMap(MemoryHistory, (history) => history.past(range))),
  certificates: bind(calls.certificates, (query) =>
    Effect.flatMap(Store, (store) => store.read((tables) => tables.certificates.list(query))),
  ),
  certificate: bind(calls.certificate, ({ certificateId }) => certificateById(certificateId)),
  waitOn: bind(calls.waitOn, waitOn),
  admit: bind(calls.admit, admit),
  sweep: bind(calls.sweep, () => Effect.flatMap(Look, (look) => look.sweep)),
  survey: bind(calls.survey, () => Effect.flatMap(Surveyor, (surveyor) => surveyor.survey)),
  planEnd: bind(calls.planEnd, ({ named }) => Effect.flatMap(Surveyor, (surveyor) => surveyor.planEnd(named))),
  end: bind(calls.end, ({ planId }) => Effect.flatMap(Surveyor, (surveyor) => surveyor.end(planId))),
  link: bind(calls.link, () => Effect.map(Links, (links) => ({ url: links.fresh() }))),
  shutdown: bind(calls.shutdown, (request, askedBy) => Effect.flatMap(Server, (server) => server.shutdown(request, askedBy))),
}
