// The layout itself: the same word on every floor.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { ClientCommand, HandCommand } from "@corral/contracts/command"
import { Intent } from "@corral/contracts/intent"
import { describe, expect, it } from "vitest"
import { filesOf, root } from "./files.ts"

const commands = [...ClientCommand.members, ...HandCommand.members].map((member) => member.fields._tag.schema.literal)
const intents = Intent.members.map((member) => member.fields._tag.schema.literal)

describe("every command", () => {
  it.each(commands)("%s is decided in a file of its name", (command) => {
    const [noun, verb] = command.split(".")
    expect(existsSync(join(root, "packages/domain/src", `${noun}/${verb}.ts`))).toBe(true)
  })

  it("is known by its name only once", () => {
    expect(new Set(commands).size).toBe(commands.length)
  })
})

describe("every intent", () => {
  const table = filesOf(/^apps\/server\/src\/intents\.ts$/)[0]?.text ?? ""

  it.each(intents)("%s has a hand", (intent) => {
    expect(table).toContain(`"${intent}":`)
  })
})
