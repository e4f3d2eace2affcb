import { TreeId } from "@corral/contracts/ids"
import type { TreeView } from "@corral/contracts/tree"
import { assert, describe, it, vi } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { thread, wake } from "../engine/engine.test-support.ts"
import { Look } from "./look.ts"
import { onStage, proofOf } from "./played.test-support.ts"
import { sessionId } from "./session-id.ts"

const sweep = Effect.flatMap(Look, (look) => look.sweep)
const seen = { checkedAt: 1, complete: true, lookMillis: 1 }

describe("a sweep", () => {
  it.live("answers with every certificate that it made, told in the same moment as its answer too", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const [one, two] = [yield* wake(1), yield* wake(2)]
        const proofs = [proofOf(1, one.treeId, { reason: "stray" }), proofOf(2, two.treeId)]
        played.answers.sweep = () => {
          proofs.forEach((certificate, i) => played.tell({ _tag: "certificate", seq: i + 1, certificate }))
          return { checkedAt: 1, complete: true, ended: 2, strays: 0 }
        }
        const { certificates, ...swept } = yield* sweep
        assert.deepStrictEqual(swept, { checkedAt: 1, complete: true, ended: 2, strays: 0 })
        assert.deepStrictEqual(
          certificates.map(({ certificateId, threadIds, titles }) => [certificateId, threadIds, titles]),
          [
            ["crt_1", [thread(1)], ["Thread 1"]],
            ["crt_2", [thread(2)], ["Thread 2"]],
          ],
        )
      }),
    ),
  )

  it.live("that found nothing has none", () =>
    onStage((played) => {
      played.answers.sweep = () => ({ checkedAt: 1, complete: true, ended: 0, strays: 0 })
      return Effect.map(sweep, ({ certificates }) => assert.deepStrictEqual(certificates, []))
    }),
  )

  it.live("whose certificates could not be kept says which file and why, and not that it ended well", () =>
    onStage((played) =>
      Effect.gen(function* () {
        const { treeId } = yield* wake(1)
        played.answers.sweep = () => {
          played.full = true
          played.tell({ _tag: "certificate", seq: 1, certificate: proofOf(1, treeId) })
          return { checkedAt: 1, complete: true, ended: 1, strays: 0 }
        }
        assert.include((yield* Effect.flip(sweep)).message, "corral.db: the disk is full")
      }),
    ),
  )
})

describe("what runs", () => {
  const tree = (n: number): TreeView => ({
    treeId: TreeId.make(`tre_${n}`),
    provider: "played",
    sessions: [sessionId(thread(n), 1)],
    state: "running",
    rung: null,
    tier: "played",
    rootPid: 7,
    launchedAt: 1,
    bytesIn: 0,
    bytesOut: 0,
    lastOutputAt: null,
    memoryBytes: 0,
    processes: [],
  })

  it.live("is seen without Corral's own memory where no file handle is left to ask for it", () =>
    onStage((played) =>
      Effect.gen(function* () {
        played.answers.trees = () => ({ ...seen, trees: [tree(1)], strays: [], ownBytes: 5 })
        const whole = yield* Effect.flatMap(Look, (look) => look.processes(null))
        assert.strictEqual(whole.own?.supervisorBytes, 5)
        vi.spyOn(process.memoryUsage, "rss").mockImplementationOnce(() => {
          throw Object.assign(new Error("EMFILE: too many open files, uv_resident_set_memory"), { code: "EMFILE" })
        })
        const { own, trees } = yield* Effect.flatMap(Look, (look) => look.processes(null))
        assert.deepStrictEqual([own, trees.length], [undefined, 1])
      }),
    ),
  )

  it.live("has for each thread the rule that would end it, in words that go on from “it ends”", () =>
    onStage((played) =>
      Effect.gen(function* () {
        yield* wake(1)
        played.answers.trees = () => ({ ...seen, trees: [tree(1), tree(2)], strays: [] })
        const { trees } = yield* Effect.flatMap(Look, (look) => look.processes(null))
        const threads = trees.flatMap((each) => each.threads)
        assert.deepStrictEqual(
          threads.map(({ threadId, reason }) => [threadId, reason]),
          [
            [thread(1), "cooling"],
            [thread(2), "stopping"],
          ],
        )
        for (const { endsWhen } of threads) assert.match(endsWhen, /^when /)
      }),
    ),
  )
})
