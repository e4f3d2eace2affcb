// What `corral doctor` and a living supervisor ask of the supervisor's program: one look at the machine, or the end of what a person names.
// No supervisor is needed, none is disturbed, and nothing is written anywhere.
import { createInterface } from "node:readline/promises"
import { chooseContainment } from "../platform/choose.ts"
import type { Containment } from "../platform/containment.ts"
import { end } from "./end.ts"
import { readMachine } from "./machine.ts"
import { plan, type Wanted } from "./plan.ts"
import { survey } from "./survey.ts"

export const consent = "go"

/** A text: why this machine cannot be looked at. */
export function surveyMachine(home: string): string | null {
  const containment = look()
  if (typeof containment === "string") return containment
  write(survey(readMachine(containment, home)))
  return null
}

/** Writes the plan, waits for consent, ends, and writes the report. */
export async function endNamed(home: string, named: readonly string[]): Promise<string | null> {
  const containment = look()
  if (typeof containment === "string") return containment
  const shown = plan(readMachine(containment, home), named.map(wantedOf))
  write(shown)
  if (shown.refused.length > 0 || !(await isAgreed())) return null
  write(await end({ containment, home, shown }))
  return null
}

/** `4711`, or `4711:88123` where it must have started then. */
function wantedOf(name: string): Wanted {
  const [pid, start] = name.split(":")
  return { pid: Number(pid), start: start === undefined ? null : Number(start) }
}

/** The least of what is known here will do: nothing is launched. */
function look(): Containment | string {
  return chooseContainment({ wish: process.env["CORRAL_TIER"], install: 0, platform: process.platform, role: "sweep" })
}

async function isAgreed(): Promise<boolean> {
  const lines = createInterface({ input: process.stdin })
  for await (const line of lines) return line === consent
  return false
}

function write(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}
