// The line between server and supervisor: a Unix socket in CORRAL_HOME (0600, same user), one JSON object a line, at most
// `maxFrameBytes` a line. The supervisor imports these as types only and checks frames by hand: it carries no library.
//
//   supervisor → server, once      { hello: SupervisorHello }
//   server → supervisor            { id, ask: <name>, with: <payload> }      answered by { id, ok } or { id, error: Refused }
//   supervisor → server            { tell: <Told> }
//
// One server at a time: a second one is refused (`busy`) while the first one's line is up. When the line breaks without `leave`,
// every tree is held for `holdMillis`; then all are stopped as `server-lost`. Every answer is a value, also about what is already gone.
import * as Schema from "effect/Schema"
import { StopReason, TreeCertificate } from "./certificate.ts"
import { Millis, SessionId, TreeId } from "./ids.ts"
import { EndReport, Named, PlannedEnd, Survey } from "./survey.ts"
import { TreeReport } from "./tree.ts"

/**
 * `tier`: which containment is in force (`linux-token`, `linux-sealed`, `linux-cgroup`, `linux-plain`, `linux-ps`, `darwin`). `tierReason`: why
 * it is not the one asked for, or not complete. `tierWish`: what this supervisor was asked for when it started; an older one does not say.
 * `held`: trees that a former server left.
 */
export const SupervisorHello = Schema.Struct({
  version: Schema.Int,
  pid: Schema.Int,
  startedAt: Millis,
  tier: Schema.String,
  tierReason: Schema.NullOr(Schema.String),
  tierWish: Schema.optionalKey(Schema.String),
  watcherArmed: Schema.Boolean,
  holdMillis: Schema.Int,
  held: Schema.Array(TreeId),
  certificateSeq: Schema.Int,
})
export type SupervisorHello = typeof SupervisorHello.Type

/**
 * Nothing was done. `busy`: another server is on the line. `duplicate`: this tree id was launched before. `unarmed`: no watcher, so no
 * launch. `forgotten`: more was said since the bookmark than is kept, so no other server can read on from there. `no-survey`: the machine
 * could not be looked at, or it is not known how that ended. `unknown-plan`: no such plan waits.
 */
export const Refused = Schema.Struct({
  tag: Schema.Literals([
    "bad-frame",
    "bad-request",
    "wrong-version",
    "busy",
    "unknown-tree",
    "duplicate",
    "not-launched",
    "no-program",
    "bad-folder",
    "ledger-failed",
    "unarmed",
    "shutting-down",
    "too-large",
    "forgotten",
    "no-survey",
    "unknown-plan",
  ]),
  message: Schema.String,
})
export type Refused = typeof Refused.Type

/** Times at most for the rungs, in ms; absent: 3000, 1500, 10000. */
export const Budgets = Schema.Struct({ eofMillis: Schema.Int, termMillis: Schema.Int, killMillis: Schema.Int })
export type Budgets = typeof Budgets.Type

/**
 * From where a next server reads on. `after`: lines up to it will never be asked for again; null: as before. `state`: what that server must
 * know to understand the lines that follow, in the adapter's own words (at most `maxStateChars`). It lives and dies with the tree's pipes.
 */
export const Bookmark = Schema.Struct({ after: Schema.NullOr(Schema.Int), state: Schema.String })
export type Bookmark = typeof Bookmark.Type

export const asks = {
  /** First on every line. `holdMillis`: for how long trees are held should this server vanish; 0: not at all. */
  hello: { takes: Schema.Struct({ version: Schema.Int, pid: Schema.Int, holdMillis: Schema.Int }), gives: Schema.Struct({}) },
  /**
   * Starts a tree: journalled before it is spawned, refused while no watcher is armed. `env` is the whole environment.
   * `farewell`: lines written before EOF when no server is there to say goodbye. Output is not sent before `attach`.
   */
  launch: {
    takes: Schema.Struct({
      treeId: TreeId,
      session: SessionId,
      provider: Schema.String,
      command: Schema.String,
      args: Schema.Array(Schema.String),
      cwd: Schema.String,
      env: Schema.Record(Schema.String, Schema.String),
      farewell: Schema.Array(Schema.String),
      budgets: Schema.NullOr(Budgets),
    }),
    gives: Schema.Struct({ pid: Schema.Int, startedAt: Millis, tier: Schema.String }),
  },
  /** Another session is served by the tree. Second time: nothing changes. */
  join: { takes: Schema.Struct({ treeId: TreeId, session: SessionId }), gives: Schema.Struct({}) },
  /**
   * From now on output lines after number `after` are told; null: after the bookmark. Given: `after`, how many lines are kept beyond it
   * (they are told first, then what comes; where the root has left, its exit at last), and the state that the bookmark holds.
   */
  attach: {
    takes: Schema.Struct({ treeId: TreeId, after: Schema.NullOr(Schema.Int) }),
    gives: Schema.Struct({ pid: Schema.Int, after: Schema.Int, kept: Schema.Int, state: Schema.NullOr(Schema.String) }),
  },
  /**
   * Whole lines for stdin, in order; none: only the bookmark is moved. Answered when they are in the pipe; a full pipe delays the answer.
   * The bookmark is moved in the same moment: who reads its state knows that these lines were written.
   */
  write: {
    takes: Schema.Struct({ treeId: TreeId, lines: Schema.Array(Schema.String), bookmark: Schema.NullOr(Bookmark) }),
    gives: Schema.Struct({}),
  },
  /** Down the ladder until seen empty. Already gone: the certificate of then. While stopping: the same certificate for all who ask. `from` skips earlier rungs. */
  stop: {
    takes: Schema.Struct({
      target: Schema.Union([Schema.Struct({ tree: TreeId }), Schema.Struct({ session: SessionId })]),
      reason: StopReason,
      askedBy: Schema.String,
      from: Schema.NullOr(Schema.Literals(["eof", "term", "kill"])),
    }),
    gives: Schema.NullOr(TreeCertificate),
  },
  /** A fresh look; `memory` false is cheaper. `ports`: those that are listened on too, which costs most and is looked for every 5 s at most. */
  trees: { takes: Schema.Struct({ memory: Schema.Boolean, ports: Schema.optionalKey(Schema.Boolean) }), gives: TreeReport },
  /** Ledger against reality, now: bearers of finished trees are ended, stuck trees tried again. */
  sweep: {
    takes: Schema.Struct({}),
    gives: Schema.Struct({ checkedAt: Millis, complete: Schema.Boolean, ended: Schema.Int, strays: Schema.Int }),
  },
  /** Certificates with a number above `after`, oldest first, at most 500. */
  certificates: {
    takes: Schema.Struct({ after: Schema.Int }),
    gives: Schema.Array(Schema.Struct({ seq: Schema.Int, certificate: TreeCertificate })),
  },
  /** A short command with its output (git, `claude --version`), contained like a tree; ended at `timeoutMillis`. Output is cut at 1 MiB each. */
  run: {
    takes: Schema.Struct({
      command: Schema.String,
      args: Schema.Array(Schema.String),
      cwd: Schema.String,
      env: Schema.Record(Schema.String, Schema.String),
      timeoutMillis: Schema.Int,
    }),
    gives: Schema.Struct({ code: Schema.NullOr(Schema.Int), stdout: Schema.String, stderr: Schema.String, timedOut: Schema.Boolean }),
  },
  /** A look at the whole machine that begins after it was asked for. */
  survey: { takes: Schema.Struct({}), gives: Survey },
  /** What would end with the named (at most `maxNamed`). It waits for `end` for `planMillis`, as one of the newest few. */
  planEnd: { takes: Schema.Struct({ named: Schema.Array(Named) }), gives: PlannedEnd },
  /**
   * Ends what that plan has shown and what these have started since, each proved again right before its signal; nothing where one of them
   * may not be ended any more. Answered when they were seen gone, or could not be ended, within 20 s. Second time: the same report.
   */
  end: { takes: Schema.Struct({ planId: Schema.String }), gives: EndReport },
  /** The server leaves on purpose. `stop`: all trees end at once (answered when they have, within 8 s); `restart`: they are held. `askedBy` is for the certificates; an older server does not say it. */
  leave: {
    takes: Schema.Struct({ how: Schema.Literals(["stop", "restart"]), now: Schema.Boolean, askedBy: Schema.optional(Schema.String) }),
    gives: Schema.Struct({ stopped: Schema.Int, left: Schema.Int }),
  },
} as const
export type Asks = {
  readonly [A in keyof typeof asks]: { takes: (typeof asks)[A]["takes"]["Type"]; gives: (typeof asks)[A]["gives"]["Type"] }
}
export type Ask = keyof Asks

/** Without an ask. `line` numbers count from 1 per tree; acknowledge by `ack` as you commit: unacknowledged output is bounded, then the agent waits. */
export const Told = Schema.Union([
  Schema.TaggedStruct("line", { treeId: TreeId, n: Schema.Int, line: Schema.String }),
  Schema.TaggedStruct("exit", {
    treeId: TreeId,
    code: Schema.NullOr(Schema.Int),
    signal: Schema.NullOr(Schema.String),
    stderr: Schema.String,
  }),
  /** An output line over `maxFrameBytes`: the session cannot go on truthfully. */
  Schema.TaggedStruct("overlong", { treeId: TreeId, bytes: Schema.Int }),
  Schema.TaggedStruct("rung", { treeId: TreeId, rung: Schema.String, left: Schema.Int }),
  Schema.TaggedStruct("certificate", { seq: Schema.Int, certificate: TreeCertificate }),
  Schema.TaggedStruct("strays", { count: Schema.Int, checkedAt: Millis }),
  Schema.TaggedStruct("watcher", { armed: Schema.Boolean }),
])
export type Told = typeof Told.Type

export type ServerLine =
  | { readonly id: number; readonly ask: string; readonly with: unknown }
  | { readonly ack: { readonly treeId: string; readonly n: number } }
export type SupervisorLine =
  | { readonly hello: SupervisorHello }
  | { readonly id: number; readonly ok: unknown }
  | { readonly id: number | null; readonly error: Refused }
  | { readonly tell: Told }
