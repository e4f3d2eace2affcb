// Takes trees down the ladder: one loop looks for all of them, the ladder decides, and this signals what was seen in the same tick.
import type { Killed, TreeCertificate } from "@corral/contracts/certificate"
import { setTimeout as sleep } from "node:timers/promises"
import { begin, step, type Descent, type Observed, type Rung, type RungBudgets } from "./ladder.ts"
import type { Containment, Mark, Sighted, Sighting } from "./platform/containment.ts"
import { atOnce, inSlices, Slice } from "./platform/slice.ts"
import type { Tree } from "./tree.ts"

/** A certificate names this many of the killed; a fork bomb leaves thousands. */
const maxNamed = 1000
/** Between two looks when nothing is left, and between two strikes. */
const proofMillis = 10
const strikeMillis = 1
/** An agent that has begun to answer the farewell and then is silent for this long has said what it wanted to say. */
const answeredMillis = 100

export interface Way {
  readonly tree: Tree
  readonly from: Rung
  readonly budgets: RungBudgets
  /** Lines for the protocol rung. */
  readonly farewell: readonly string[]
  /** Whom of the tree's members it is about; null: all of them. */
  readonly choose: ((members: readonly Sighted[]) => readonly Sighted[]) | null
  readonly onRung: (rung: Rung, left: number) => void
}

export interface Landing {
  readonly outcome: "gone" | "stuck"
  readonly rungs: TreeCertificate["rungs"]
  readonly killed: readonly Killed[]
  /** Seen by the last look. */
  readonly survivors: readonly Sighted[]
  /** All members of the tree, chosen or not, seen by the last look. */
  readonly members: readonly Sighted[]
  readonly checkedAt: number
  /** Who could not be seen then, as a sentence; null: everybody could. */
  readonly unseen: string | null
}

interface Going {
  readonly way: Way
  readonly land: (landing: Landing) => void
  descent: Descent
  from: Rung
  entered: Rung | null
  wantsProof: boolean
  farewellAt: number
  readonly termed: Set<string>
  readonly denied: Set<string>
  readonly killed: Map<string, Killed>
}

export class Ladders {
  readonly #containment: Containment
  readonly #going = new Map<Way, Going>()
  #wake: () => void = () => {}
  #isRunning = false

  constructor(containment: Containment) {
    this.#containment = containment
  }

  /** Resolves when the tree was proved gone, or could not be. */
  descend(way: Way): Promise<Landing> {
    return new Promise((land) => {
      const descent = begin(way.from, way.budgets, performance.now())
      const sets = { termed: new Set<string>(), denied: new Set<string>(), killed: new Map<string, Killed>() }
      this.#going.set(way, { way, land, descent, from: way.from, entered: null, wantsProof: false, farewellAt: 0, ...sets })
      this.wake()
      if (!this.#isRunning) void this.#run()
    })
  }

  /** No rung above `from` any more. */
  hasten(tree: Tree, from: Rung): void {
    for (const going of this.#going.values()) if (going.way.tree === tree) going.from = from
    this.wake()
  }

  /** Something has changed, a root has left for instance: look at once. */
  wake(): void {
    this.#wake()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#going.size > 0) {
      const all = [...this.#going.values()]
      const full = all.some((going) => going.wantsProof)
      const sighting = await this.#look(all, full)
      for (const going of all) await this.#advance(going, sighting, full)
      await this.#rest()
    }
    this.#isRunning = false
  }

  #look(all: readonly Going[], full: boolean): Promise<Sighting> {
    const striking = new Map<Mark, Going>()
    for (const going of all) if (going.entered === "kill" && going.way.choose === null) striking.set(going.way.tree.mark, going)
    const strike = (member: Sighted): void => {
      const going = striking.get(member.mark)
      if (going) atOnce(this.#kill(going, [member]))
    }
    const marks = [...new Set(all.map((going) => going.way.tree.mark))]
    return full ? this.#containment.lookFully(marks, strike) : this.#containment.lookAround(marks, new Slice(), strike)
  }

  async #advance(going: Going, sighting: Sighting, full: boolean): Promise<void> {
    const members = sighting.members.get(going.way.tree.mark) ?? []
    const chosen = going.way.choose?.(members) ?? members
    const slice = new Slice()
    if (going.entered === null) {
      // The first look may have taken long; the agent has heard of nothing before now.
      going.descent = { ...going.descent, since: performance.now() }
      await inSlices(this.#enter(going, chosen), slice)
    }
    const { now, descent } = step(going.descent, this.#observe(going, chosen, full && sighting.complete))
    going.descent = descent
    going.wantsProof = now === "proving" || chosen.length === 0
    if (now === "gone" || now === "stuck") {
      this.#going.delete(going.way)
      const killed = [...going.killed.values()]
      going.land({
        outcome: now,
        rungs: descent.done,
        killed,
        survivors: chosen,
        members,
        checkedAt: Date.now(),
        unseen: this.#containment.unseen(),
      })
      return
    }
    await inSlices(going.entered === descent.rung ? this.#press(going, chosen) : this.#enter(going, chosen), slice)
  }

  #observe(going: Going, chosen: readonly Sighted[], proves: boolean): Observed {
    const { tree } = going.way
    const heard = tree.pipes?.facts().lastOutputAt ?? 0
    return {
      at: performance.now(),
      left: chosen.length,
      proves,
      rootHasLeft: tree.exit !== null || !chosen.some((member) => member.pid === tree.root?.pid),
      isAnswered: heard > going.farewellAt && Date.now() - heard > answeredMillis,
      allDenied: chosen.every((member) => going.denied.has(keyOf(member))),
      from: going.from,
    }
  }

  *#enter(going: Going, chosen: readonly Sighted[]): Generator<void, void> {
    const { tree, farewell, onRung } = going.way
    going.entered = going.descent.rung
    onRung(going.entered, chosen.length)
    if (going.entered === "protocol") {
      going.farewellAt = Date.now()
      void tree.pipes?.write(farewell, null)
    }
    if (going.entered === "eof") tree.pipes?.endInput()
    yield* this.#press(going, chosen)
  }

  /** Whoever appears later on a rung gets what the others got. A step each member: that it is still the same is read again with each signal. */
  *#press(going: Going, chosen: readonly Sighted[]): Generator<void, void> {
    if (going.entered === "term") yield* this.#term(going, chosen)
    if (going.entered === "kill") yield* this.#kill(going, chosen)
  }

  /** A stopped process does not hear TERM until it goes on. */
  *#term(going: Going, members: readonly Sighted[]): Generator<void, void> {
    for (const member of members) {
      if (going.termed.has(keyOf(member))) continue
      going.termed.add(keyOf(member))
      const named = this.#name(going, member)
      const sent = this.#containment.signal(member, "SIGTERM")
      if (sent === "sent") this.#containment.signal(member, "SIGCONT")
      this.#note(going, member, { sent, signal: "TERM", named })
      yield
    }
  }

  /** Groups first, where all of the tree goes: a group dies at once, and nobody forks out of it in between. */
  *#kill(going: Going, members: readonly Sighted[]): Generator<void, void> {
    const named = new Map<Sighted, string>()
    for (const member of members) {
      named.set(member, this.#name(going, member))
      yield
    }
    const groups = new Set<number>()
    for (const member of members) {
      const isGroupDone = groups.has(member.pgid)
      const byGroup = going.way.choose === null && !isGroupDone && this.#containment.killGroup(member) === "sent"
      if (byGroup) groups.add(member.pgid)
      const sent = byGroup || isGroupDone ? "sent" : this.#containment.signal(member, "SIGKILL")
      this.#note(going, member, { sent, signal: "KILL", named: named.get(member) ?? member.name })
      yield
    }
  }

  #name(going: Going, member: Sighted): string {
    return going.killed.size < maxNamed ? this.#containment.commandOf(member) : member.name
  }

  #note(going: Going, member: Sighted, done: { sent: string; signal: "TERM" | "KILL"; named: string }): void {
    const key = keyOf(member)
    if (done.sent === "denied") going.denied.add(key)
    if (done.sent !== "sent" || (going.killed.size >= maxNamed && !going.killed.has(key))) return
    const { pid, startedAt, evidence } = member
    const command = going.killed.get(key)?.command ?? done.named
    going.killed.set(key, { pid, startedAt, command, signal: done.signal, evidence })
  }

  async #rest(): Promise<void> {
    const rests = [...this.#going.values()].map((going) => {
      if (going.wantsProof) return proofMillis
      return going.entered === "kill" ? strikeMillis : this.#containment.pauseMillis
    })
    if (rests.length === 0) return
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    await Promise.race([sleep(Math.min(...rests)), woken])
    this.#wake = () => {}
  }
}

function keyOf(member: Sighted): string {
  return `${member.pid} ${member.start}`
}
