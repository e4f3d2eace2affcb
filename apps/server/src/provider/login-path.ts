// The PATH as this person's own shell has it: a server started by a desktop or a package runner has another one, without their agents.
import { homedir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import { Supervisor } from "../supervisor/supervisor.ts"
import type { Environment } from "./environment.ts"

/** A profile that takes longer than this is not waited for; the server's own PATH does. */
const shellMillis = 5000
const systemPath = "/usr/local/bin:/usr/bin:/bin"
const mark = "corral-path="

/** Never fails: a shell that cannot be asked leaves the server's own PATH. */
export const loginPath = Effect.fn("provider.login-path")(function* (own: Environment) {
  const shell = own["SHELL"] ?? "/bin/sh"
  const home = own["HOME"] ?? homedir()
  const supervisor = yield* Supervisor
  const told = yield* supervisor
    .ask("run", {
      command: shell,
      // Interactive too: version managers put their folders into the files that only interactive shells read.
      args: ["-i", "-l", "-c", `printf '\\n%s%s\\n' '${mark}' "$PATH"`],
      cwd: home,
      env: { HOME: home, SHELL: shell, PATH: systemPath, TERM: "dumb", USER: own["USER"] ?? "", LANG: own["LANG"] ?? "C.UTF-8" },
      timeoutMillis: shellMillis,
    })
    .pipe(Effect.match({ onFailure: () => "", onSuccess: ({ stdout }) => pathIn(stdout) }))
  return joined([told, ownPath(own["PATH"] ?? systemPath), join(home, ".local/bin")])
})

/** Profiles print what they like; the last marked line is ours. */
export const pathIn = (stdout: string): string =>
  stdout
    .split("\n")
    .findLast((line) => line.startsWith(mark))
    ?.slice(mark.length) ?? ""

/** Folders that package runners put first are about starting Corral, not about this person's agents. */
const ownPath = (path: string): string =>
  path
    .split(":")
    .filter((folder) => !/\/node_modules\/\.bin$|\/node-gyp-bin$/.test(folder))
    .join(":")

export const joined = (paths: readonly string[]): string =>
  [...new Set(paths.flatMap((path) => path.split(":")).filter((folder) => folder.startsWith("/")))].join(":")
