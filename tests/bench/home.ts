// A home for a measurement: a server as a person's, with the practice agent only, and nothing of whoever measures.
import { mkdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { makeScratch } from "../agents/scratch.ts"
import { startCorral, type Corral } from "../stories/corral.ts"

export interface Home {
  readonly folder: string
  readonly project: string
  readonly database: string
  readonly start: () => Promise<Corral>
  /** Stops the last server, and drops the folder. */
  readonly end: () => Promise<void>
}

export const makeHome = (env: Readonly<Record<string, string>> = {}): Home => {
  const { folder, drop } = makeScratch()
  const [home, person, project] = [join(folder, "home"), join(folder, "person"), join(folder, "project")]
  for (const made of [person, project]) mkdirSync(made)
  let last: Corral | undefined
  return {
    folder,
    project,
    database: join(home, "corral.db"),
    start: async () => {
      last = await startCorral({
        PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(":"),
        HOME: person,
        LANG: "C.UTF-8",
        CORRAL_HOME: home,
        CORRAL_PORT: "0",
        ...env,
      })
      return last
    },
    end: async () => {
      await last?.stop()
      drop()
    },
  }
}
