// What every adapter must do, as one suite over the port. A provider's test names its subject and how its agent is scripted.
import * as Effect from "effect/Effect"
import { afterEach, describe, expect, it } from "vitest"
import { takesOver, type TakeOver } from "./conformance-attach.ts"
import type { Open, Subject } from "./conformance-subject.ts"
import { openTalk, takeOver, type Talk } from "./conformance-talk.ts"
import { AgentFailed } from "./provider.ts"

export function conformance(name: string, subject: () => Subject): void {
  describe(`${name}: a provider`, () => {
    const talks: Talk[] = []
    afterEach(() => Promise.all(talks.splice(0).map((talk) => talk.close())))
    const open: Open = async (from = {}) => {
      const talk = await openTalk(subject(), from)
      talks.push(talk)
      return talk
    }
    const next: TakeOver = async (lost, events) => {
      const talk = await takeOver(subject(), lost, events)
      talks.push(talk)
      return talk
    }
    answers(subject, open)
    asks(subject, open)
    changes(subject, open)
    remembers(subject, open)
    fails(subject, open)
    takesOver({ subject, open, takeOver: next })
  })
}

function answers(subject: () => Subject, open: Open): void {
  it("names its session and streams an answer, live and in pieces that say the same", async () => {
    const { prompts } = subject()
    const talk = await open()
    const turnId = await talk.start(prompts.say("hello there"))
    const ended = await talk.until("ended")
    expect(ended).toMatchObject({ turnId, outcome: "completed", error: null })
    expect(talk.cursor()).toBeTruthy()
    expect(talk.text()).toContain("hello there")
    expect(talk.liveText()).toBe(talk.text())
    expect(talk.unclosedRows()).toEqual([])
  })
}

function asks(subject: () => Subject, open: Open): void {
  it("asks before a command and goes on when allowed", async () => {
    const talk = await open()
    await talk.start(subject().prompts.command("echo allowed-$((40+2))"))
    const request = await talk.request()
    expect(request.kind).toBe("command")
    expect(request.subject).toContain("echo allowed-")
    await talk.answer(request, "allow")
    await talk.until("ended")
    const tool = talk.tool()
    expect(tool.started).toMatchObject({ kind: "command" })
    expect(tool.ended).toMatchObject({ status: "done" })
    expect(tool.ended?.output).toContain("allowed-42")
  })

  it("does not run what is denied", async () => {
    const talk = await open()
    await talk.start(subject().prompts.command("echo denied-$((40+2))"))
    await talk.answer(await talk.request(), "deny")
    expect(await talk.until("ended")).toMatchObject({ outcome: "completed" })
    expect(talk.tool().ended?.status).toBe("denied")
    expect(talk.tool().ended?.output).not.toContain("denied-42")
  })

  it("does not ask again for what is always allowed", async () => {
    const talk = await open()
    await talk.start(subject().prompts.command("printf first"))
    const request = await talk.request()
    expect(request.always).toBeTruthy()
    await talk.answer(request, "always")
    await talk.until("ended")
    await talk.start(subject().prompts.command("printf first"))
    await talk.until("ended")
    expect(talk.of("request")).toHaveLength(1)
    expect(talk.tool().ended?.status).toBe("done")
  })

  it("asks a question with its choices and hands the answer on", async () => {
    const talk = await open()
    await talk.start(subject().prompts.ask("Which colour?", "Red", "Blue"))
    const request = await talk.request()
    expect(request.kind).toBe("question")
    expect(request.questions[0]?.options.map(({ label }) => label)).toEqual(["Red", "Blue"])
    await talk.run(
      talk.session.answer(request.requestId, {
        decision: "allow",
        text: null,
        answers: { [request.questions[0]?.question ?? ""]: "Blue" },
      }),
    )
    expect(await talk.until("ended")).toMatchObject({ outcome: "completed" })
    expect(`${talk.text()}${talk.outputs()}`).toContain("Blue")
  })
}

function changes(subject: () => Subject, open: Open): void {
  it("interrupts a running turn and takes the next one", async () => {
    const talk = await open()
    await talk.start(subject().prompts.slow)
    await talk.until("live")
    await talk.run(talk.session.interrupt)
    expect(await talk.until("ended")).toMatchObject({ outcome: "interrupted" })
    expect(talk.unclosedRows()).toEqual([])
    await talk.start(subject().prompts.say("after the interrupt"))
    expect(await talk.until("ended")).toMatchObject({ outcome: "completed" })
    expect(talk.text()).toContain("after the interrupt")
  })

  it("withdraws what it asked when the turn is interrupted", async () => {
    const talk = await open()
    await talk.start(subject().prompts.command("echo never"))
    const request = await talk.request()
    await talk.run(talk.session.interrupt)
    expect(await talk.until("withdrawn")).toMatchObject({ requestId: request.requestId })
    expect(await talk.until("ended")).toMatchObject({ outcome: "interrupted" })
    expect(talk.tool().ended).toBeDefined()
    const late = await Effect.runPromise(
      Effect.flip(talk.session.answer(request.requestId, { decision: "allow", text: null, answers: {} })),
    )
    expect(late).toBeInstanceOf(AgentFailed)
  })

  it("changes model, effort and mode in the running process", async () => {
    const { other, prompts } = subject()
    const talk = await open()
    const changed = { ...talk.config, model: other.model, effort: other.effort, mode: "full" } as const
    expect(await talk.run(talk.session.tune(changed))).toBe("tuned")
    await talk.start(prompts.command("echo not-asked"))
    expect(await talk.until("ended")).toMatchObject({ outcome: "completed" })
    expect(talk.of("request")).toEqual([])
    expect(talk.tool().ended?.output).toContain("not-asked")
  })

  it("tells a failure of the turn as a sentence and lives on", async () => {
    const talk = await open()
    await talk.start(subject().prompts.fail)
    const ended = await talk.until("ended")
    expect(ended).toMatchObject({ outcome: "failed" })
    expect(ended.error).toMatch(/\w+ \w+/)
    await talk.start(subject().prompts.say("still here"))
    expect(await talk.until("ended")).toMatchObject({ outcome: "completed" })
  })
}

function remembers(subject: () => Subject, open: Open): void {
  it("comes back with its memory", async () => {
    const { prompts } = subject()
    const first = await open()
    await first.start(prompts.say("the word is plugh"))
    await first.until("ended")
    await first.close()
    const second = await open({ cursor: first.cursor(), generation: 2 })
    await second.start(prompts.recall ?? prompts.say("back again"))
    expect(await second.until("ended")).toMatchObject({ outcome: "completed" })
    expect(second.cursor()).toBe(first.cursor())
    if (prompts.recall !== null) expect(second.text()).toContain("plugh")
  })

  it("starts anew, and says so, when its memory is gone", async () => {
    const cursor = "00000000-0000-4000-8000-000000000000"
    const talk = await open({ cursor })
    await talk.start(subject().prompts.say("anew"))
    expect(await talk.until("ended")).toMatchObject({ outcome: "completed" })
    expect(talk.cursor()).not.toBe(cursor)
    expect(talk.pieces().filter((piece) => piece._tag === "notice")).not.toEqual([])
  })
}

function fails(subject: () => Subject, open: Open): void {
  it("tells how the agent left in mid turn, and takes no more", async () => {
    const talk = await open()
    await subject().crash(talk)
    const ended = await talk.until("ended")
    expect(ended).toMatchObject({ outcome: "failed" })
    expect(ended.error).toMatch(/ended (with exit code|by signal)/)
    expect(talk.unclosedRows()).toEqual([])
    await expect(talk.start(subject().prompts.say("nobody hears"))).rejects.toThrow()
    expect(talk.of("ended").length).toBeLessThanOrEqual(2)
  })

  it("says why the agent could not start", async ({ skip }) => {
    const { broken } = subject()
    if (broken === null) return skip("this agent always starts")
    const failure = await openTalk({ ...subject(), port: broken.port }, {}).then(
      () => null,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(AgentFailed)
    expect(failure instanceof AgentFailed ? failure.message : "").toMatch(broken.says)
  })
}
