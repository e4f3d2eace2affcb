import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Supervisor, SupervisorLost } from "../supervisor/supervisor.ts"
import { findBinary } from "./find-binary.ts"
import { joined, loginPath, pathIn } from "./login-path.ts"
import { practiceId } from "./practice/practice.ts"
import { Providers } from "./providers.ts"
import { providersLayer } from "./registry.ts"

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "corral-registry-"))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const lost = Effect.fail(new SupervisorLost({ ask: "run", waitedMillis: 0, problem: "none here" }))
const supervisor = Layer.succeed(Supervisor, { ask: () => lost, attach: () => lost, hello: () => null, onTold: () => () => undefined })
const options = () => ({ home, own: { PATH: "/usr/bin", HOME: home }, practiceProgram: join(home, "practice.mjs") })

const inRegistry = <A>(deed: (providers: Providers["Service"]) => Effect.Effect<A>) =>
  Effect.runPromise(
    Effect.gen(function* () {
      return yield* deed(yield* Providers)
    }).pipe(Effect.provide(Layer.provide(providersLayer(options()), supervisor))),
  )

const practice = (providers: Providers["Service"]) => providers.known().find(({ provider }) => provider === practiceId)

describe("the registry of providers", () => {
  it("knows its providers before anything was asked", async () => {
    expect(await inRegistry((providers) => Effect.sync(() => practice(providers)?.problem))).toBeNull()
  })

  it("names what is missing and the next step, once probed", async () => {
    const problem = await inRegistry((providers) => providers.probe(true).pipe(Effect.map(() => practice(providers)?.problem)))
    expect(problem).toMatchObject({ next: "npm run build" })
  })

  it("keeps the models that an agent told for the next start, and says that they are known", async () => {
    const models = [{ model: "new", name: "New", description: "", efforts: [] }]
    const heard = await inRegistry((providers) =>
      Effect.sync(() => {
        const told: number[] = []
        providers.onChange(() => told.push(1))
        providers.learn(practiceId, models)
        providers.learn(practiceId, models)
        return told.length
      }),
    )
    expect(heard).toBe(1)
    expect(await inRegistry((providers) => Effect.sync(() => practice(providers)))).toMatchObject({ models, modelsKnown: true })
    expect(readFileSync(join(home, "providers.json"), "utf8")).toContain("new")
  })

  it("starts with a damaged file of what was learned", async () => {
    writeFileSync(join(home, "providers.json"), "{ half")
    expect(await inRegistry((providers) => Effect.sync(() => practice(providers)?.models.length))).toBe(2)
  })
})

describe("the PATH of an agent", () => {
  it("is the server's own, without package runners' folders, when the shell cannot be asked", async () => {
    const own = { PATH: "/a:/p/node_modules/.bin:/b", HOME: home }
    expect(await Effect.runPromise(loginPath(own).pipe(Effect.provide(supervisor)))).toBe(`/a:/b:${home}/.local/bin`)
  })

  it("is found among whatever a profile prints", () => {
    expect(pathIn("welcome!\ncorral-path=/x:/y\nbye\n")).toBe("/x:/y")
    expect(pathIn("nothing of ours")).toBe("")
  })

  it("names each folder once, and no relative one", () => {
    expect(joined(["/a:/b:.", "/b::/c"])).toBe("/a:/b:/c")
  })
})

describe("a program", () => {
  it("is found on the PATH, or told apart: missing, or not executable", () => {
    mkdirSync(join(home, "bin"))
    const file = join(home, "bin", "agent")
    const path = `/nowhere:${join(home, "bin")}`
    expect(findBinary("agent", path)).toEqual({ problem: "missing" })
    writeFileSync(file, "")
    expect(findBinary("agent", path)).toEqual({ problem: "not-executable", path: file })
    chmodSync(file, 0o755)
    expect(findBinary("agent", path)).toEqual({ path: file })
    expect(findBinary(file, "")).toEqual({ path: file })
  })
})
