import { describe, expect, it } from "vitest"
import { cutLines } from "./cut-lines.ts"

const cut = (maxBytes: number, chunks: readonly string[]) => {
  const lines: string[] = []
  const overlong: number[] = []
  const cutter = cutLines(
    maxBytes,
    (line) => lines.push(line.toString()),
    (bytes) => overlong.push(bytes),
  )
  for (const chunk of chunks) cutter.push(Buffer.from(chunk))
  return { lines, overlong, rest: cutter.rest().toString() }
}

describe("cutting lines", () => {
  it("gives whole lines only, wherever the chunks end", () => {
    expect(cut(100, ["a", "b\nc", "d", "\n\ne"])).toEqual({ lines: ["ab", "cd", ""], overlong: [], rest: "e" })
  })

  it("does not cut a character whose bytes come apart", () => {
    const bytes = Buffer.from("grün\n")
    const lines: string[] = []
    const cutter = cutLines(
      100,
      (line) => lines.push(line.toString()),
      () => {},
    )
    for (const byte of bytes) cutter.push(Buffer.from([byte]))
    expect(lines).toEqual(["grün"])
  })

  it("drops a line over the bound, says so once, and goes on with the next one", () => {
    expect(cut(4, ["123", "45678", "9\nok\n"])).toEqual({ lines: ["ok"], overlong: [8], rest: "" })
  })

  it("takes a line of exactly the bound", () => {
    expect(cut(4, ["1234\n"])).toEqual({ lines: ["1234"], overlong: [], rest: "" })
  })
})
