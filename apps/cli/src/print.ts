// What is said on stdout: lines and tables for people, one JSON value for programs. Colour only where a terminal shows it.
import { styleText } from "node:util"

/** Where nothing says how wide it is (a pipe), lines are long rather than cut. */
const unknownWidth = 200

export type Style = Parameters<typeof styleText>[0]

/** Plain where what it is written to is no terminal, or NO_COLOR is set. */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(style, text, { stream })
}

export function width(): number {
  // 0 is what a terminal says that was never told.
  return process.stdout.columns || unknownWidth
}

export function say(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`)
}

/** Beside the answer: on stderr, where a pipe does not take it for the answer. */
export function remark(...lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`)
}

export function sayJson(value: unknown): void {
  say(JSON.stringify(value, null, process.stdout.isTTY ? 2 : 0))
}

export interface Cell {
  readonly text: string
  readonly style?: Style
  readonly right?: boolean
}

/** Columns as wide as their widest cell; the last one is not padded. */
export function table(rows: readonly (readonly Cell[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.text.length)
  return rows.map((row) => row.map((cell, at) => draw(cell, at === row.length - 1 && !cell.right ? 0 : (widths[at] ?? 0))).join("  "))
}

function draw(cell: Cell, pad: number): string {
  const text = cell.right ? cell.text.padStart(pad) : cell.text.padEnd(pad)
  return cell.style === undefined ? text : paint(cell.style, text)
}

/** `1 process`, `3 processes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
