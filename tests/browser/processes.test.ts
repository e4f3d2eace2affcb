// The page that shows everything that runs: whose it is, why, what would end it, and the proof when it was ended.
import { describe, expect } from "vitest"
import { pageStory } from "./page-story.ts"
import { begin, choose, goneMillis, say, sees, signIn, transcript } from "./visit.ts"
import { openWindow } from "./window.ts"

describe("the processes page", () => {
  pageStory("shows a session's tree with its reason and rule, puts it to sleep, and keeps the certificate", async ({ scene, browser }) => {
    const corral = await scene.start()
    const { page, faults, picture } = await openWindow(browser, { width: 1440, height: 900 })
    await signIn(page, corral)
    await begin(page, scene, { agent: /^Practice agent/, question: "say ready" })
    await sees(transcript(page).getByText("ready", { exact: true }))
    await choose(page, /^Mode/, /^Full access/)
    await say(page, `background ${scene.agents.hold}; sleep 300\ndaemon`)
    await sees(transcript(page).getByText(/I left a daemon behind/))
    await page.keyboard.press("Escape")
    await page.goto(`${corral.address}/processes`)

    const grid = page.getByRole("treegrid", { name: "Processes by session" })
    await sees(grid.getByText("background work"))
    await sees(grid.getByText(/when its background work ends/))
    await expect.poll(() => grid.getByText("sleep 300", { exact: true }).count()).toBeGreaterThan(0)
    await expect.poll(() => grid.getByRole("row").count()).toBeGreaterThanOrEqual(4)
    await sees(grid.getByText("shared files"))
    await sees(grid.getByText(/^started \d\d:\d\d for a message, asked by the app$/))
    await picture("processes")

    await grid.getByRole("button", { name: /^Put to sleep/ }).click()
    await sees(page.getByText("Nothing is running").last())
    await scene.quiet(goneMillis)
    const certificate = page.getByRole("button", { name: /say ready put to sleep by you/ })
    await sees(certificate.getByText(/^0 left/))
    await certificate.click()
    await sees(page.getByText(/gone: the tree was seen empty; 0 left/))
    await sees(certificate.getByText(/· asked by the app ·/))
    await sees(page.getByText("the app", { exact: true }))
    await sees(page.getByText(/, for a message, asked by the app$/))
    await picture("certificates")
    expect(faults).toEqual([])
  })
})
