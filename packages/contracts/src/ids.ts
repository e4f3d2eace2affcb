// Names of things. An id is made by whoever asks for the thing (client or hand), so a repeated request is the same request.
import * as Schema from "effect/Schema"

const Name = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,95}$/))

/** A folder that Corral knows. Made by the client: `prj_…`. */
export const ProjectId = Name.pipe(Schema.brand("ProjectId"))
export type ProjectId = typeof ProjectId.Type

/** A durable conversation. Made by the client: `thr_…`. */
export const ThreadId = Name.pipe(Schema.brand("ThreadId"))
export type ThreadId = typeof ThreadId.Type

/** One request and its answer. Made by the client: `trn_…`. */
export const TurnId = Name.pipe(Schema.brand("TurnId"))
export type TurnId = typeof TurnId.Type

/** One row of a transcript. Made where the row comes from; unique within its thread, stable for ever. */
export const ItemId = Name.pipe(Schema.brand("ItemId"))
export type ItemId = typeof ItemId.Type

/** An approval or question that an agent waits for. */
export const RequestId = Name.pipe(Schema.brand("RequestId"))
export type RequestId = typeof RequestId.Type

/** One order. The same id with the same content gives the same receipt; with other content it is refused. */
export const CommandId = Name.pipe(Schema.brand("CommandId"))
export type CommandId = typeof CommandId.Type

/** All processes of one launch: `tre_…`. Never used twice. */
export const TreeId = Name.pipe(Schema.brand("TreeId"))
export type TreeId = typeof TreeId.Type

/** What a tree serves, as the supervisor knows it: `<thread>.<generation>`. Never used twice. */
export const SessionId = Name.pipe(Schema.brand("SessionId"))
export type SessionId = typeof SessionId.Type

/** A kind of agent: `claude`, `practice`. */
export const ProviderId = Name.pipe(Schema.brand("ProviderId"))
export type ProviderId = typeof ProviderId.Type

/** Milliseconds since 1970, UTC. */
export const Millis = Schema.Int
export type Millis = number
