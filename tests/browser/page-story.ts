// A story that is told in a real browser.
import type { Browser } from "playwright-core"
import { story } from "../stories/story.ts"
import { launchBrowser } from "./window.ts"

export const pageStory = story.extend<{ readonly browser: Browser }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern which fixtures this one needs: none
  browser: async ({}, use) => {
    const browser = await launchBrowser()
    await use(browser)
    await browser.close()
  },
})
