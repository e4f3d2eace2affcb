// Only the web and mail; everything else stays text.
import { expect, it } from "vitest"
import { safeLink } from "./safe-link.ts"

it.each(["https://a.example/x?y#z", "http://a.example", "mailto:a@b.example"])("lets %s through", (href) => {
  expect(safeLink(href)?.href).toContain(href)
})

const refused =
  "javascript:alert(1)|JaVaScRiPt:alert(1)| javascript:alert(1)|java\nscript:alert(1)|data:text/html,<b>|vbscript:x|file:///etc/passwd"
const relative = "blob:https://a.example/x|//a.example|src/main.ts|#top|"

it.each(`${refused}|${relative}`.split("|"))("makes no link of %j", (href) => {
  expect(safeLink(href)).toBeNull()
})

it("names the host", () => {
  expect(safeLink("https://a.example/x")?.host).toBe("a.example")
})
