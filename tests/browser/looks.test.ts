// Every view in both themes, at a desk and on a phone: nothing for axe to find, nothing cut off, nothing on top of something else.
import { afterAll, describe, expect } from "vitest"
import { faultsOf, looks } from "./inspect.ts"
import { pageStory } from "./page-story.ts"
import { begin, say, sees, signIn, transcript } from "./visit.ts"
import { openWindow, type Window } from "./window.ts"

describe.each(looks)("at $at, $scheme", ({ width, height, scheme, at }) => {
  const seen: string[] = []
  const inspect = async (view: string, { page, picture }: Window, within = "body"): Promise<void> => {
    await page.evaluate(() => document.fonts.ready)
    await picture(`looks-${view}-${at.replace("a ", "")}-${scheme}`)
    seen.push(...(await faultsOf(page, within)).map((fault) => `${view}: ${fault}`))
  }
  afterAll(() => void seen.splice(0))

  pageStory("every view can be read, reached and used by all", async ({ scene, browser }) => {
    const corral = await scene.start()
    const window = await openWindow(browser, { width, height, scheme })
    const { page } = window
    await signIn(page, corral)
    await sees(page.getByRole("heading", { name: "Agents on this machine" }))
    await inspect("welcome", window)
    await begin(page, scene, { agent: /^Practice agent/, question: "Hello, who are you?" })
    await sees(transcript(page).getByText("a certificate says so."))
    await say(
      page,
      "plan look; decide\nthink about it\nsay This is a sentence that is long enough to need a second line if it were estimated by its letters alone, once more.\nrun ls -la\nask Which colour? | red | blue\nerror it broke",
    )
    await sees(page.getByRole("button", { name: /^Allow once/ }))
    await inspect("approval", window)
    await page.getByRole("button", { name: /^Allow once/ }).click()
    await sees(page.getByRole("region", { name: "A question for you" }))
    await inspect("question", window)
    await page.getByText("blue", { exact: true }).click()
    await page.getByRole("button", { name: /^Answer/ }).click()
    await sees(transcript(page).getByText(/^Failed after/))
    await transcript(page)
      .getByRole("button", { name: /^Worked/ })
      .last()
      .click()
    await inspect("thread", window)
    await page.getByRole("button", { name: /^Mode:/ }).click()
    await sees(page.getByRole("menuitem", { name: /^Plan only/ }))
    await inspect("menu", window, "[role=menu]")
    await page.keyboard.press("Escape")
    for (const [view, path, awaited] of [
      ["processes", "/processes", "Memory held"],
      ["doctor", "/doctor", "Likely orphans"],
      ["settings", "/settings", "Sessions and memory"],
      ["new", "/new", "New thread"],
      ["home", "/", "Corral"],
    ] as const) {
      await page.goto(`${corral.address}${path}`)
      await sees(page.getByText(awaited))
      await inspect(view, window)
    }
    await page.keyboard.press("Control+K")
    await sees(page.getByRole("combobox", { name: "Search threads and actions" }))
    await inspect("palette", window, "[role=dialog]")
    expect(seen).toEqual([])
  })
})
