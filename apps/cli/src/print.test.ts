// Tables.
import { expect, it } from "vitest"
import { counted, table } from "./print.ts"

it("lines up columns, numbers to the right, nothing behind the last", () => {
  const rows = [
    [{ text: "1", right: true }, { text: "a" }, { text: "last" }],
    [{ text: "123", right: true }, { text: "abc" }, { text: "l" }],
  ]
  expect(table(rows)).toEqual(["  1  a    last", "123  abc  l"])
})

it("counts in words", () => {
  expect([counted(0, "tree"), counted(1, "tree"), counted(2, "process", "processes")]).toEqual(["0 trees", "1 tree", "2 processes"])
})
