import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { Event } from "@corral/contracts/event"
import { ProjectId, ProviderId, ThreadId } from "@corral/contracts/ids"
import { afterEach, assert, beforeEach, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { sign } from "./sign.ts"
import { Store, type Tables } from "./store.ts"
import { StoreFailed } from "./store-failed.ts"

let home: string
let file: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "corral-store-"))
  file = join(home, "corral.db")
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const open = <A, E>(work: Effect.Effect<A, E, Store>) => Effect.suspend(() => Effect.provide(work, Store.layer(home), { local: true }))
const opened = open(Effect.map(Store, (store) => store.file))
const refused = Effect.flip(opened)
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe("a home", () => {
  it.effect("is for its owner alone", () =>
    open(
      Effect.sync(() => {
        for (const name of ["corral.db", "corral.db-wal", "server.lock"]) assert.strictEqual(mode(join(home, name)), "600")
      }),
    ),
  )

  it.effect("is made where there is none, closed to others", () => {
    home = join(home, "new", "home")
    return open(Effect.sync(() => assert.strictEqual(mode(home), "700")))
  })

  it.effect("that another server has is refused by name", () =>
    open(
      Effect.gen(function* () {
        sign.write(home, { pid: 4711, address: "http://127.0.0.1:4150", version: "1", startedAt: 1 })
        const failure = yield* refused
        assert.strictEqual(failure._tag, "HomeTaken")
        for (const part of ["4711", "http://127.0.0.1:4150", home, "corral stop"]) assert.include(failure.message, part)
      }),
    ),
  )

  it.effect("is free again when its server has closed it", () => Effect.andThen(opened, opened))
})

describe("a database that cannot be used", () => {
  it.effect("because it is damaged is named, with the next step, and left as it is", () => {
    const garbage = "this is not a database ".repeat(1000)
    writeFileSync(file, garbage)
    return Effect.map(refused, (failure) => {
      assert.include(failure.message, `${file}: it is damaged`)
      assert.include(failure.message, "Move it aside")
      assert.strictEqual(readFileSync(file, "utf8"), garbage)
    })
  })

  it.effect("because its pages are damaged is named too", () =>
    Effect.gen(function* () {
      yield* open(Effect.flatMap(Store, (store) => store.write(({ meta }) => meta.set("a", "b"))))
      const bytes = readFileSync(file)
      writeFileSync(file, bytes.fill(0xff, 200))
      assert.include((yield* refused).message, `${file}: it is damaged`)
    }),
  )

  it.effect("because another program holds it locked is named", () =>
    Effect.gen(function* () {
      yield* opened
      const other = new DatabaseSync(file)
      other.exec("BEGIN EXCLUSIVE")
      assert.include((yield* refused).message, `${file}: another program holds it locked`)
      other.close()
      yield* opened
    }),
  )

  it.effect("because a newer Corral wrote it is named", () =>
    Effect.gen(function* () {
      yield* opened
      const other = new DatabaseSync(file)
      other.exec("PRAGMA user_version = 9999")
      other.close()
      assert.include((yield* refused).message, "written by a newer Corral")
    }),
  )

  it.effect("because the home is a file is named", () => {
    home = join(home, "file")
    writeFileSync(home, "")
    return Effect.map(refused, (failure) => assert.include(failure.message, `${home}/corral.db: it cannot be read or written`))
  })
})

describe("a transaction", () => {
  it.effect("is all or nothing", () =>
    open(
      Effect.gen(function* () {
        const store = yield* Store
        const failed = store.transact("write", ({ meta }) => {
          meta.set("a", "1")
          throw new StoreFailed({ file, doing: "write", trouble: "full", cause: new Error("no room") })
        })
        assert.isTrue(Result.isFailure(failed))
        assert.isUndefined(yield* store.read(({ meta }) => meta.get("a")))
        yield* store.write(({ meta }) => meta.set("a", "2"))
        assert.strictEqual(yield* store.read(({ meta }) => meta.get("a")), "2")
      }),
    ),
  )

  it.effect("can take one part of its work back", () =>
    open(
      Effect.gen(function* () {
        const store = yield* Store
        yield* store.write(({ meta, apart }) => {
          meta.set("kept", "1")
          assert.throws(() =>
            apart(() => {
              meta.set("lost", "1")
              throw new Error("our mistake")
            }),
          )
        })
        assert.deepStrictEqual(yield* store.read(({ meta }) => [meta.get("kept"), meta.get("lost")]), ["1", undefined])
      }),
    ),
  )
})

describe("the log", () => {
  const created = (n: number): Event => ({
    _tag: "thread.created",
    threadId: ThreadId.make(`thr_${n}`),
    projectId: ProjectId.make("prj_1"),
    title: `Thread ${n}`,
    config: { provider: ProviderId.make("played"), model: null, effort: null, mode: "ask" },
  })
  const append = ({ events }: Tables, n: number) => events.append({ seq: events.lastSeq() + 1, at: n, event: created(n) }, null)
  const last = Effect.flatMap(Store, (store) => store.read(({ events }) => events.lastSeq()))
  const written = (work: (tables: Tables) => void) => open(Effect.flatMap(Store, (store) => store.write(work)))

  it.effect("never uses a number twice, though its newest events were dropped and the file closed in between", () =>
    Effect.gen(function* () {
      yield* written((tables) => [1, 2, 3].forEach((n) => append(tables, n)))
      yield* written(({ events }) => events.drop(ThreadId.make("thr_3")))
      assert.strictEqual(yield* open(last), 3)
      yield* written(({ events }) => events.drop(ThreadId.make("thr_1")))
      yield* written((tables) => append(tables, 4))
      assert.strictEqual(yield* open(last), 4)
      yield* written(({ events }) => ["thr_4", "thr_2"].forEach((name) => events.drop(ThreadId.make(name))))
      assert.strictEqual(yield* open(last), 4)
    }),
  )

  it.effect("takes a drop back whole", () =>
    Effect.gen(function* () {
      yield* written((tables) => append(tables, 1))
      yield* open(
        Effect.map(Store, (store) =>
          store.transact("write", ({ events }) => {
            events.drop(ThreadId.make("thr_1"))
            throw new StoreFailed({ file, doing: "write", trouble: "full", cause: new Error("no room") })
          }),
        ),
      )
      const kept = Effect.flatMap(Store, (store) => store.read(({ events, meta }) => [[...events.since(0)].length, meta.get("last-seq")]))
      assert.deepStrictEqual(yield* open(kept), [1, undefined])
    }),
  )
})

describe("what went wrong with a file", () => {
  const of = (errcode: number) => Object.assign(new Error("x"), { code: "ERR_SQLITE_ERROR", errcode })
  it.each([
    [13, "full"],
    [5, "locked"],
    [261, "locked"],
    [11, "damaged"],
    [26, "damaged"],
    [10, "unreachable"],
    [8, "unreachable"],
  ])("is told by SQLite's code %d: %s", (code, trouble) => {
    assert.strictEqual(StoreFailed.from(file, "write", of(code)).trouble, trouble)
  })

  it("is thrown on where it is a mistake of ours", () => {
    assert.throws(() => StoreFailed.from(file, "write", of(19)))
    assert.throws(() => StoreFailed.from(file, "write", new TypeError("x")))
  })
})
