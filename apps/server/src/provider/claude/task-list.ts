// Claude Code keeps its plan as tasks that tools create and update; here they are one plan of one row.
import type { Piece } from "@corral/contracts/turn"
import type { Transcript } from "../transcript.ts"
import { isInput, text, type ToolInput } from "./tools.ts"

type Entry = Extract<Piece, { _tag: "plan" }>["entries"][number]

const states: Readonly<Record<string, Entry["state"]>> = { pending: "pending", in_progress: "active", completed: "done" }

export class TaskList {
  readonly #tasks = new Map<string, Entry>()
  /** Calls under way, for a task has its id only in the result. */
  readonly #calls = new Map<string, { readonly name: string; readonly input: ToolInput }>()

  /** The plan as it stands, for who goes on with it. */
  entries(): readonly (readonly [string, Entry])[] {
    return [...this.#tasks]
  }

  goOn(entries: readonly (readonly [string, Entry])[]): void {
    for (const [id, entry] of entries) this.#tasks.set(id, entry)
  }

  /** True: this call is about the plan and needs no row of its own. */
  takes(id: string, name: string, input: ToolInput): boolean {
    if (name !== "TodoWrite" && name !== "TaskCreate" && name !== "TaskUpdate") return false
    this.#calls.set(id, { name, input })
    return true
  }

  /** False: this result is not about the plan. A failed call changes nothing. */
  ends(id: string, result: { readonly isError: boolean; readonly value: unknown }, transcript: Transcript): boolean {
    const call = this.#calls.get(id)
    if (call === undefined) return false
    this.#calls.delete(id)
    if (result.isError) return true
    this.#apply(call.name, call.input, result.value)
    transcript.plan(`plan-${transcript.turnId}`, [...this.#tasks.values()])
    return true
  }

  #apply(name: string, input: ToolInput, value: unknown): void {
    if (name === "TodoWrite") return this.#replace(input["todos"])
    const created = isInput(value) && isInput(value["task"]) ? text(value["task"], "id") : ""
    const id = name === "TaskCreate" ? created : text(input, "taskId")
    if (text(input, "status") === "deleted") return void this.#tasks.delete(id)
    const before = this.#tasks.get(id) ?? { text: id, state: "pending" }
    this.#tasks.set(id, { text: text(input, "subject") || before.text, state: states[text(input, "status")] ?? before.state })
  }

  #replace(todos: unknown): void {
    this.#tasks.clear()
    if (!Array.isArray(todos)) return
    todos.filter(isInput).forEach((todo, place) => {
      this.#tasks.set(String(place), { text: text(todo, "content"), state: states[text(todo, "status")] ?? "pending" })
    })
  }
}
