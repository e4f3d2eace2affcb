// Memory by session over time: who opens the page sees the past, not only what happens from then on.
import type { Browser } from "playwright-core"
import { describe, expect } from "vitest"
import type { Corral } from "../stories/corral.ts"
import { pageStory } from "./page-story.ts"
import { agentMillis, begin, choose, say, sees, signIn, transcript } from "./visit.ts"
import { openWindow, type WindowOptions } from "./window.ts"

const listen = `node -e 'require("node:net").createServer().listen(0)'`

/** A window of somebody who has not looked before. */
const late = async (browser: Browser, corral: Corral, options: WindowOptions) => {
  const window = await openWindow(browser, options)
  const { url } = await corral.client.call("link", {})
  await window.page.goto(url)
  await window.page.goto(`${corral.address}/processes`)
  return { ...window, chart: window.page.getByRole("region", { name: "Memory by session" }) }
}

describe("memory by session", () => {
  pageStory(
    "is known from before the page was opened, by ten minutes, an hour and a day; ports are at their processes",
    async ({ scene, browser }) => {
      const corral = await scene.start()
      const { page } = await openWindow(browser, { width: 1440, height: 900 })
      await signIn(page, corral)
      await begin(page, scene, { agent: /^Practice agent/, question: "say ready" })
      await sees(transcript(page).getByText("ready", { exact: true }))
      await choose(page, /^Mode/, /^Full access/)
      await say(page, `background ${scene.agents.hold}; ${listen}`)
      await page.goto(`${corral.address}/processes`)
      const grid = page.getByRole("treegrid", { name: "Processes by session" })
      await sees(grid.getByText(/^port \d+$/))
      const known = async () =>
        (await corral.client.call("memoryHistory", { range: "10m" })).sessions[0]?.kib.filter((kib) => kib > 0).length ?? 0
      await expect.poll(known, { timeout: agentMillis }).toBeGreaterThanOrEqual(3)

      const phone = await late(browser, corral, { width: 390, height: 844, scheme: "light" })
      await sees(phone.chart.getByText(/last 10 minutes, known since \d\d:\d\d/))
      await phone.picture("memory-phone-light")
      await grid.getByRole("button", { name: /^Put to sleep/ }).click()
      await sees(page.getByText("Nothing is running").last())
      await page.close()

      const looks = [
        { width: 1440, height: 900, scheme: "dark" },
        { width: 1440, height: 900, scheme: "light" },
        { width: 390, height: 844, scheme: "dark" },
      ] as const
      for (const look of looks) {
        const { page: after, chart, faults, picture } = await late(browser, corral, look)
        const session = chart.getByRole("row", { name: /^say ready 0 MB [1-9]/ })
        await session.waitFor({ state: "attached" })
        await picture(`memory-10m-${look.width}-${look.scheme}`)
        for (const [name, words] of [
          ["1 h", "last hour"],
          ["24 h", "last 24 hours"],
        ] as const) {
          await chart.getByRole("link", { name, exact: true }).focus()
          await after.keyboard.press("Enter")
          await sees(chart.getByText(new RegExp(`^${words}, known since`)))
          await session.waitFor({ state: "attached" })
          expect(await chart.locator("a[aria-current]").allTextContents()).toEqual([name])
          await picture(`memory-${name.replace(" ", "")}-${look.width}-${look.scheme}`)
        }
        await after.reload()
        await sees(chart.getByText(/^last 24 hours/))
        expect(faults).toEqual([])
      }
    },
  )
})
