// The command line as a whole.
import type { Command } from "commander"
import { describe, expect, it } from "vitest"
import { program } from "./main.ts"

const leaves = (command: Command): Command[] => (command.commands.length > 0 ? command.commands.flatMap(leaves) : [command])

describe("every command", () => {
  it.each(leaves(program()).map((command) => [`${command.parent?.name()} ${command.name()}`, command] as const))(
    "%s has --json and examples",
    (_name, command) => {
      let help = ""
      command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
      // What `run` prints is the command's own.
      if (command.name() !== "run") expect(help).toContain("--json")
      expect(help).toMatch(/Examples:\n {2}\$ .*corral /)
    },
  )

  it("is one that the product names", () => {
    const names = leaves(program()).map((command) => command.name())
    expect(names).toEqual(
      expect.arrayContaining([
        "start",
        "stop",
        "status",
        "send",
        "watch",
        "answer",
        "ps",
        "count",
        "snapshot",
        "certificates",
        "sweep",
        "doctor",
      ]),
    )
  })
})

describe("what a command says of itself", () => {
  const about = (name: string) =>
    leaves(program())
      .find((command) => command.name() === name)
      ?.description()

  it("is true of count, whose number has no strays in it", () => {
    expect(about("count")).toMatch(/strays belong to none/)
  })

  it("names only commands that there are", () => {
    const named = leaves(program()).flatMap((command) => [...command.description().matchAll(/corral ((?:thread |project )?[a-z]+)/g)])
    const known = leaves(program()).map(
      (command) => `${command.parent?.parent === null ? "" : `${command.parent?.name()} `}${command.name()}`,
    )
    expect(named.map(([, words]) => words).filter((words) => !known.includes(words ?? ""))).toEqual([])
  })
})

describe("wrong usage", () => {
  it.each([
    [["frob"]],
    [["count", "extra"]],
    [["thread", "new"]],
    [["thread", "keep", "x", "--for", "soon"]],
    [["start", "--port", "70000"]],
  ])("%j fails before anything is done", async (typed) => {
    const said: string[] = []
    const corral = program()
    for (const command of [corral, ...leaves(corral)]) command.configureOutput({ writeErr: (text) => said.push(text) })
    await expect(corral.parseAsync(typed, { from: "user" })).rejects.toMatchObject({ exitCode: 1 })
    expect(said.join("")).toMatch(/^Usage: /)
  })
})
