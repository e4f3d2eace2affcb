// What a person does in the app, by what they see: names of buttons and fields, never the inside of the page.
import { join } from "node:path"
import type { Locator, Page } from "playwright-core"
import type { Corral } from "../stories/corral.ts"
import type { Scene } from "../stories/scene.ts"
import { pictures } from "./window.ts"

/** A cold agent on a machine with two busy cores. */
export const agentMillis = 40_000
/** Promised are 5 s; then a page on such a machine has to show it. */
export const goneMillis = 15_000

export const message = (page: Page): Locator => page.getByLabel("Message", { exact: true })

export const say = async (page: Page, text: string): Promise<void> => {
  await message(page).fill(text)
  await page.getByRole("button", { name: "Send", exact: true }).click()
}

/** By the one-time link, as `npm start` prints it. */
export const signIn = async (page: Page, { address, link }: Pick<Corral, "address" | "link">): Promise<void> => {
  await page.goto(new URL(link, address).href)
}

/** Fills the welcome page: the folder, the agent, the first question. Ends in the thread. */
export const begin = async (page: Page, scene: Scene, { agent, question }: { readonly agent: RegExp; readonly question: string }) => {
  await page.getByLabel("Path of the folder").fill(scene.project)
  await page.keyboard.press("Enter")
  await choose(page, /^Agent and model/, agent)
  await say(page, question)
  await page.waitForURL(/\/thread\//)
}

/** Opens a menu of the composer and takes an entry. */
export const choose = async (page: Page, menu: RegExp, entry: RegExp): Promise<void> => {
  await page.getByRole("button", { name: menu }).click()
  await page.getByRole("menuitem", { name: entry }).first().click()
}

/** The conversation as it reads. */
export const transcript = (page: Page): Locator => page.getByRole("log")

/** Where it is not seen in time, .cache/pictures/not-seen.png shows what was there instead. */
export const sees = async (locator: Locator, millis = agentMillis): Promise<void> => {
  try {
    await locator.filter({ visible: true }).first().waitFor({ timeout: millis })
  } catch (cause) {
    await locator.page().screenshot({ path: join(pictures, "not-seen.png") })
    throw cause
  }
}
