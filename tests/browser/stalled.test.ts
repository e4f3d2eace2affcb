// A turn that shows no sign of work: the card says what is known, and each of its three ways does what it says.
import { describe, expect } from "vitest"
import { pageStory } from "./page-story.ts"
import { begin, goneMillis, say, sees, signIn } from "./visit.ts"
import { openWindow } from "./window.ts"

/** Long enough for a page on a busy machine to show what is so between two of them. */
const env = { CORRAL_STALL_MILLIS: "5000" }

describe("a stalled turn", () => {
  pageStory.for([
    [1440, 900],
    [390, 844],
  ])("is shown with what is known and with its three ways, at %i px", async ([width = 0, height = 0], { scene, browser }) => {
    const corral = await scene.start(env)
    const { page, faults, picture } = await openWindow(browser, { width, height })
    await signIn(page, corral)
    await begin(page, scene, { agent: /^Practice agent/, question: "silent-tool 900" })
    const card = page.getByRole("region", { name: "Stalled" })
    await sees(card.getByText(/^Nothing heard for \d+ s, (no|under 0.1 s of|0.\d s of) CPU used in \d+ s\.$/))
    await sees(page.getByText(/^awake: a turn that is stalled/))
    await picture(`stalled-${width}`)
    const box = await card.boundingBox()
    expect(box?.x).toBeGreaterThanOrEqual(0)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width)

    await card.getByRole("button", { name: "Wait on" }).click()
    await card.waitFor({ state: "detached" })
    await sees(page.getByText(/^awake: at work on a turn/))
    await card.getByRole("button", { name: "Stop the turn" }).click()
    await card.waitFor({ state: "detached" })
    await sees(page.getByText(/^asleep in/))

    await say(page, "silent-tool 900")
    await sees(card)
    await page.goto(`${corral.address}/processes`)
    const grid = page.getByRole("treegrid", { name: "Processes by session" })
    await sees(grid.getByText(/^nothing heard for \d+ s/))
    await picture(`stalled-processes-${width}`)
    await page.goBack()
    await card.getByRole("button", { name: "Stop the session" }).click()
    await sees(page.getByText(/asleep since/))
    await scene.quiet(goneMillis)
    expect(faults).toEqual([])
  })
})
