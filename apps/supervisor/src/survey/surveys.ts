// What a living supervisor answers about the whole machine, and the plans that wait for a person's word. It asks its own program, once
// for each question; a plan is such a program that waits.
import { randomBytes } from "node:crypto"
import { maxNamed, planMillis } from "@corral/contracts/limits"
import type { EndReport, Named, PlannedEnd, Survey } from "@corral/contracts/survey"
import { Refusal } from "../refusal.ts"
import type { OneShot, StartOneShot } from "./one-shot.ts"
import { isPlan, isReport, isSurvey } from "./said.ts"

/** A look takes a part of a second; a machine that swaps takes longer. */
const lookMillis = 15_000
/** The end's own rungs take 15 s at most, and it looks before and after. */
const endMillis = 20_000
/** A person decides on one at a time. Each is a process that waits; before one more is begun the oldest is let go. */
const maxPlans = 4
/** All together, those that are still at work for a plan that was let go too. */
const maxOneShots = 8

interface Waiting {
  readonly oneShot: OneShot
  report: Promise<EndReport | Refusal> | null
  timer: NodeJS.Timeout | undefined
}

export class Surveys {
  readonly #home: string
  readonly #start: StartOneShot
  /** In the order in which they were begun. */
  readonly #plans = new Map<string, Waiting>()
  #oneShots = 0
  #running: Promise<Survey | Refusal> | null = null
  #next: Promise<Survey | Refusal> | null = null

  constructor(home: string, start: StartOneShot) {
    this.#home = home
    this.#start = start
  }

  /** One at a time. Who asks meanwhile gets the next one: a look that had begun before may not have seen what they know of. */
  survey(): Promise<Survey | Refusal> {
    if (this.#running === null) return this.#look()
    this.#next ??= this.#running.then(() => {
      this.#next = null
      return this.#look()
    })
    return this.#next
  }

  async planEnd(named: readonly Named[]): Promise<PlannedEnd | Refusal> {
    if (named.length === 0 || named.length > maxNamed)
      return new Refusal("bad-request", `name at least one process, and at most ${maxNamed}`)
    for (const [oldest] of [...this.#plans].slice(0, Math.max(0, this.#plans.size - maxPlans + 1))) this.#letGo(oldest)
    const oneShot = this.#begin(["end", ...named.map(({ pid, start }) => `${pid}:${start}`)])
    if (oneShot instanceof Refusal) return oneShot
    const planId = `plan_${randomBytes(12).toString("hex")}`
    const waiting: Waiting = { oneShot, report: null, timer: undefined }
    this.#plans.set(planId, waiting)
    const plan = await oneShot.hear(lookMillis)
    if (isPlan(plan) && plan.refused.length === 0) {
      waiting.timer = setTimeout(() => this.#letGo(planId), planMillis)
      return { planId, plan }
    }
    this.#letGo(planId)
    return isPlan(plan) ? { planId: null, plan } : failed("What would end could not be seen", oneShot)
  }

  async end(planId: string): Promise<EndReport | Refusal> {
    const waiting = this.#plans.get(planId)
    if (!waiting) return new Refusal("unknown-plan", "this plan waits no more")
    waiting.report ??= carryOut(waiting.oneShot)
    return await waiting.report
  }

  async #look(): Promise<Survey | Refusal> {
    const looking = this.#ask()
    this.#running = looking
    const seen = await looking
    if (this.#running === looking) this.#running = null
    return seen
  }

  async #ask(): Promise<Survey | Refusal> {
    const oneShot = this.#begin(["survey"])
    if (oneShot instanceof Refusal) return oneShot
    const seen = await oneShot.hear(lookMillis)
    oneShot.close()
    return isSurvey(seen) ? seen : failed("The machine could not be looked at", oneShot)
  }

  #begin([verb = "", ...words]: readonly string[]): OneShot | Refusal {
    if (this.#oneShots >= maxOneShots) return new Refusal("too-large", `${maxOneShots} looks at the machine are under way already`)
    this.#oneShots += 1
    const oneShot = this.#start([verb, "--home", this.#home, ...words])
    void oneShot.left.then(() => (this.#oneShots -= 1))
    return oneShot
  }

  #letGo(planId: string): void {
    const waiting = this.#plans.get(planId)
    this.#plans.delete(planId)
    clearTimeout(waiting?.timer)
    waiting?.oneShot.close()
  }
}

async function carryOut(oneShot: OneShot): Promise<EndReport | Refusal> {
  oneShot.agree()
  const report = await oneShot.hear(endMillis)
  return isReport(report) ? report : failed("It was begun, and how it ended is not known", oneShot)
}

function failed(what: string, oneShot: OneShot): Refusal {
  const why = oneShot.complaint()
  return new Refusal("no-survey", why === "" ? what : `${what}: ${why}`)
}
