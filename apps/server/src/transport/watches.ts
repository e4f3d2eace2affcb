// The streams of the public API: what each takes is decoded here and nowhere else.
import { streams, type StreamName } from "@corral/contracts/rpc"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Services } from "./methods.ts"
import { badPayload, type Failure } from "./refusal.ts"
import { certificatesStream } from "./streams/certificates.ts"
import type { Feed, Outlet } from "./streams/feed.ts"
import { shellStream } from "./streams/shell.ts"
import { threadStream } from "./streams/thread.ts"
import { vitalsStream, type Vitals } from "./streams/vitals.ts"

/** Opens in one synchronous step: nothing can happen between what is read and what is listened to. */
export type OpenStream = (payload: unknown, outlet: Outlet<unknown>) => Effect.Effect<Feed, Failure, Services | Vitals>

interface Contract<P, I> {
  readonly takes: Schema.Codec<P, unknown>
  readonly item: Schema.Codec<I, unknown>
}

const bind = <P, I>(
  { takes }: Contract<P, I>,
  open: (payload: P, outlet: Outlet<I>) => Effect.Effect<Feed, Failure, Services | Vitals>,
): OpenStream => {
  const decode = Schema.decodeUnknownResult(takes)
  return (payload, outlet) => {
    const decoded = decode(payload)
    return Result.isSuccess(decoded) ? open(decoded.success, outlet) : Effect.fail(badPayload(decoded.failure))
  }
}

export const watches: Readonly<Record<StreamName, OpenStream>> = {
  shell: bind(streams.shell, shellStream),
  thread: bind(streams.thread, threadStream),
  vitals: bind(streams.vitals, vitalsStream),
  certificates: bind(streams.certificates, certificatesStream),
}
