// What scripts depend on: exit codes and tags.
import { Disconnected, Refused } from "@corral/client/errors"
import { describe, expect, it } from "vitest"
import { failureOf, notFound, rejected, usage } from "./failure.ts"

describe("the exit code", () => {
  it("is 3 for what does not exist, whoever says so", () => {
    expect(failureOf(notFound("no such thread")).exitCode).toBe(3)
    expect(failureOf(rejected({ reason: "unknown-thread", message: "no such thread" })).exitCode).toBe(3)
    expect(failureOf(new Refused({ tag: "NotFound", message: "no such thread" })).exitCode).toBe(3)
  })

  it("is 4 where no server can be talked with", () => {
    expect(failureOf(new Disconnected("the line broke")).exitCode).toBe(4)
    expect(failureOf(new Refused({ tag: "WrongVersion", message: "another version" })).exitCode).toBe(4)
    expect(failureOf(new Refused({ tag: "Unauthorized", message: "another token" })).exitCode).toBe(4)
  })

  it("is 2 for wrong usage and 1 for the rest", () => {
    expect(failureOf(usage("say what to set")).exitCode).toBe(2)
    expect(failureOf(rejected({ reason: "archived-thread", message: "it is archived" })).exitCode).toBe(1)
    expect(failureOf(new TypeError("a mistake of ours")).exitCode).toBe(1)
  })
})

describe("the line on stderr", () => {
  it("begins with a tag", () => {
    expect(failureOf(rejected({ reason: "queue-full", message: "50 wait already." })).line).toBe("queue-full: 50 wait already.")
    expect(failureOf(new Disconnected("the line broke")).line).toBe("Unreachable: the line broke")
    expect(failureOf(new TypeError("a mistake of ours")).line).toMatch(/^Defect: TypeError: a mistake of ours/)
  })
})
