// What every adapter must do with an agent whose server was lost: the part of the conformance suite about taking over.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { unheardPiece } from "@corral/domain/views/unheard"
import { foldRows, type Transcript } from "@corral/domain/views/transcript"
import { ThreadId } from "@corral/contracts/ids"
import type { Piece, Request } from "@corral/contracts/turn"
import { expect, it } from "vitest"
import type { Open, Subject } from "./conformance-subject.ts"
import type { Talk } from "./conformance-talk.ts"
import { type AgentEvent, AgentFailed } from "./provider.ts"

/** The next server on the agent of a talk that was lost. */
export type TakeOver = (lost: Talk, events?: AgentEvent[]) => Promise<Talk>

export interface Suite {
  readonly subject: () => Subject
  readonly open: Open
  readonly takeOver: TakeOver
}

export function takesOver(suite: Suite): void {
  streams(suite)
  waits(suite)
  rests(suite)
  hasLeft(suite)
}

function streams({ subject, open, takeOver }: Suite): void {
  it("goes on with a turn that streams: what was said is told again, then the rest, and nothing twice", async () => {
    const { prompts } = subject()
    const first = await open()
    await first.start(prompts.stream)
    await first.until("ended")
    const whole = first.text()
    const turnId = await first.start(prompts.stream)
    await first.until("piece")
    await first.lose()
    const second = await takeOver(first)
    expect(second.turnId).toBe(turnId)
    expect(await second.until("ended")).toMatchObject({ turnId, outcome: "completed", error: null })
    expect(second.text()).toBe(whole)
    expect(second.liveText()).toBe(whole)
    expect(second.unclosedRows()).toEqual([])
    expectOnce(of(first, turnId), second.pieces())
    expect(second.of("ended")).toHaveLength(1)
    await saysMore(second, subject())
  })

  it("interrupts a turn that it took over", async () => {
    const first = await open()
    const turnId = await first.start(subject().prompts.slow)
    await first.until("live")
    await first.lose()
    const second = await takeOver(first)
    await second.run(second.session.interrupt)
    expect(await second.until("ended")).toMatchObject({ turnId, outcome: "interrupted" })
    expect(second.unclosedRows()).toEqual([])
    await saysMore(second, subject())
  })
}

function waits({ subject, open, takeOver }: Suite): void {
  it("asks again what waited for a person, as the same request, and hands the answer on", async () => {
    const first = await open()
    const turnId = await first.start(subject().prompts.command("echo asked-$((40+2))"))
    const asked = await first.request()
    await first.lose()
    const second = await takeOver(first)
    const again = await second.request()
    expect(content(again)).toEqual(content(asked))
    await second.answer(again, "allow")
    expect(await second.until("ended")).toMatchObject({ turnId, outcome: "completed" })
    expect(second.tool().ended).toMatchObject({ status: "done", output: expect.stringContaining("asked-42") })
    expect(second.of("request")).toHaveLength(1)
    expect(second.unclosedRows()).toEqual([])
    expectOnce(first.pieces(), second.pieces())
  })

  it("hears the end of a command that runs meanwhile, without asking for it once more", async () => {
    const { cwd, made, prompts } = subject()
    const folder = mkdtempSync(join(cwd, "gate-"))
    const [begun, gate] = [join(folder, "begun"), join(folder, "gate")]
    const first = await open()
    const turnId = await first.start(prompts.command(`touch ${begun}; until test -e ${gate}; do sleep 0.02; done; echo through-$((40+2))`))
    await first.answer(await first.request(), "allow")
    await made(begun)
    await first.lose()
    const second = await takeOver(first)
    expect(second.turnId).toBe(turnId)
    expect(second.tool()).toMatchObject({ started: first.tool().started, ended: undefined })
    writeFileSync(gate, "")
    expect(await second.until("ended")).toMatchObject({ turnId, outcome: "completed" })
    expect(second.tool().ended).toMatchObject({ status: "done", output: expect.stringContaining("through-42") })
    expect(second.unclosedRows()).toEqual([])
    expectOnce(first.pieces(), second.pieces())
    rmSync(folder, { recursive: true })
  })
}

function rests({ subject, open, takeOver }: Suite): void {
  it("takes an idle agent over without a word about what is past, and gives it the next turn", async () => {
    const { prompts } = subject()
    const first = await open()
    await first.start(prompts.say("the word is plugh"))
    await first.until("ended")
    await first.lose()
    const second = await takeOver(first)
    expect(second.turnId).toBeNull()
    expect([...second.of("live"), ...second.of("piece"), ...second.of("ended")]).toEqual([])
    const turnId = await second.start(prompts.recall ?? prompts.say("on we go"))
    expect(await second.until("ended")).toMatchObject({ turnId, outcome: "completed" })
    expect(second.text()).toContain(prompts.recall === null ? "on we go" : "plugh")
    expect(second.pid).toBe(first.pid)
  })
}

function hasLeft({ subject, open, takeOver }: Suite): void {
  it("fails, and says how the agent left, where it has left meanwhile", async () => {
    const first = await open()
    const turnId = await first.start(subject().prompts.slow)
    await first.until("live")
    await first.lose()
    await subject().kill(first)
    const told: AgentEvent[] = []
    const failure = await takeOver(first, told).then(
      () => null,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(AgentFailed)
    expect(failure).toMatchObject({ doing: "attach", message: expect.stringMatching(/ended by signal SIGKILL/) })
    const ended = told.filter(({ _tag }) => _tag === "ended")
    expect(ended).toMatchObject([{ turnId, outcome: "failed", error: expect.stringMatching(/ended by signal SIGKILL/) }])
  })
}

async function saysMore(talk: Talk, { prompts }: Subject): Promise<void> {
  await talk.start(prompts.say("and on we go"))
  expect(await talk.until("ended")).toMatchObject({ outcome: "completed" })
  expect(talk.text()).toContain("and on we go")
}

const of = (talk: Talk, turnId: Talk["turnId"]): readonly Piece[] =>
  talk.pieces().filter((piece) => !("turnId" in piece) || piece.turnId === turnId)

/** Of two tellings of a request the time differs: the later server sees it later. */
const content = (request: Request) => ({ ...request, openedAt: 0 })

/** What is on record with what is new of the second telling is the second telling: the same rows, nothing missing, nothing twice. */
function expectOnce(recorded: readonly Piece[], again: readonly Piece[]): void {
  const before = rowsOf([], recorded)
  const known = new Map(before.map(({ row }) => [row.itemId, row]))
  const news = again.flatMap((piece) => unheardPiece(known.get(piece.itemId), piece) ?? [])
  expect(recorded.length).toBeGreaterThan(0)
  expect(rowsOf(before, news)).toEqual(rowsOf([], again))
  expect(JSON.stringify(news).length).toBeLessThan(JSON.stringify(again).length)
}

/** Rows are compared by what they say; where and when they were stored is the same for all. */
const rowsOf = (transcript: Transcript, pieces: readonly Piece[]): Transcript =>
  foldRows(transcript, { seq: 1, at: 0, event: { _tag: "turn.recorded", threadId: ThreadId.make("thr_conformance"), pieces } })
