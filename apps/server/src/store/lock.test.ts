// The lock of a home, where another server asks for it in the same moment.
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { lockHome } from "./lock.ts"

describe("the lock of a home", () => {
  let home: string
  beforeEach(() => void (home = mkdtempSync(join(tmpdir(), "corral-lock-"))))
  afterEach(() => rmSync(home, { recursive: true, force: true }))

  const ask = () => lockHome(home)

  it("is given to one of two who come at once: the first step of the other one refuses nobody", async () => {
    const rival = new Worker(new URL("rival.test-support.ts", import.meta.url), { workerData: join(home, "server.lock") })
    try {
      await once(rival, "message")
      expect(Exit.isSuccess(await Effect.runPromise(Effect.scoped(ask()).pipe(Effect.exit)))).toBe(true)
    } finally {
      await rival.terminate()
    }
  })

  it("is refused while another one has it, and free once that one lets go", async () => {
    const second = Effect.scoped(ask()).pipe(Effect.flip)
    const refused = Effect.scoped(ask().pipe(Effect.andThen(second)))
    expect(await Effect.runPromise(refused)).toMatchObject({ _tag: "HomeTaken", home })
    expect(Exit.isSuccess(await Effect.runPromise(Effect.scoped(ask()).pipe(Effect.exit)))).toBe(true)
  })
})
