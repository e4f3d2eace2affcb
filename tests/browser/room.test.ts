// A thread that waits in line, and a session over its memory limit: both say why, and a person can let them go on.
import { describe, expect } from "vitest"
import { pageStory } from "./page-story.ts"
import { begin, say, sees, signIn } from "./visit.ts"
import { openWindow } from "./window.ts"

const sizes: readonly (readonly [number, number])[] = [
  [1440, 900],
  [390, 844],
]

describe("a thread that waits in line", () => {
  pageStory.for(sizes)("says for what, and starts where a person wants it, at %i px", async ([width, height], { scene, browser }) => {
    const corral = await scene.start({ CORRAL_MOST_AWAKE: "1" })
    const { page, faults, picture } = await openWindow(browser, { width, height })
    await signIn(page, corral)
    await begin(page, scene, { agent: /^Practice agent/, question: "silent-tool 900" })
    await sees(page.getByText(/^awake: at work on a turn/))
    await page.keyboard.press("Escape")
    await page.goto(`${corral.address}/new`)
    await say(page, "say the second one has started")
    const card = page.getByRole("region", { name: "Waits in line" })
    await sees(card.getByText("1 session is awake, and at most 1 may be."))
    await sees(page.getByText(/^– asleep · waits in line/))
    await picture(`waits-in-line-${width}`)

    await page.goto(`${corral.address}/processes`)
    const line = page.getByRole("region", { name: "Waiting in line" })
    await sees(line.getByText("1 thread in line"))
    await picture(`waits-in-line-processes-${width}`)
    await line.getByRole("button", { name: /^Start now/ }).click()
    await line.waitFor({ state: "detached" })
    await page.goBack()
    await sees(page.getByText("the second one has started", { exact: true }))
    expect(faults).toEqual([])
  })
})

describe("a session over its memory limit", () => {
  pageStory.for(sizes)(
    "says when it is stopped, and goes on where a person lets it, at %i px",
    async ([width, height], { scene, browser }) => {
      const corral = await scene.start({ CORRAL_MEMORY_LIMIT: String(300 * 2 ** 20) })
      const { page, faults, picture } = await openWindow(browser, { width, height })
      await signIn(page, corral)
      const question = `run perl -e '$| = 1; my $held = "x" x (400 << 20); print "held"; sleep 900'`
      await begin(page, scene, { agent: /^Practice agent/, question })
      await page.getByRole("button", { name: "Allow once" }).click()
      const card = page.getByRole("region", { name: "Over its memory limit" })
      await sees(card.getByText(/^It holds \d+ MB, and a session may hold 300 MB\. It is stopped in 0:\d\d unless you let it go on\.$/))
      await picture(`over-memory-limit-${width}`)
      await page.goto(`${corral.address}/processes`)
      const grid = page.getByRole("treegrid", { name: "Processes by session" })
      await sees(grid.getByText(/^holds \d+ MB where 300 MB is the most, stopped in/))
      await picture(`over-memory-limit-processes-${width}`)
      await page.goBack()
      await card.getByRole("button", { name: "Let it go on" }).click()
      await card.waitFor({ state: "detached" })
      await sees(page.getByText(/^awake: at work on a turn/))
      expect(faults).toEqual([])
    },
  )
})
