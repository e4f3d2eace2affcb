// The doctor's page and its dialog in both themes, at a desk and on a phone, with somebody of each kind on them.
import { readFileSync } from "node:fs"
import type { Page } from "playwright-core"
import { afterEach, beforeEach, describe, expect } from "vitest"
import type { MachineProcess } from "../agents/machine.ts"
import { makePretenders, type Pretenders } from "../agents/pretenders.ts"
import { practice } from "../stories/kinds.ts"
import { addProject, createThread } from "../stories/talk.ts"
import { faultsOf, looks } from "./inspect.ts"
import { pageStory } from "./page-story.ts"
import { sees, signIn } from "./visit.ts"
import { openWindow, type Window } from "./window.ts"

/** Then nothing that is started here can be chosen. */
const isInCorral = !/^Max file locks +unlimited/m.test(readFileSync("/proc/self/limits", "utf8"))

let pretenders: Pretenders
beforeEach(() => {
  pretenders = makePretenders()
})
afterEach(() => pretenders.end())

const box = (page: Page, process: MachineProcess | undefined) =>
  page.getByRole("checkbox", { name: new RegExp(`^Choose \\w+, pid ${process?.pid}$`) })
const dialog = (page: Page) => page.getByRole("dialog")

describe.skipIf(isInCorral).each(looks)("the doctor at $at, $scheme", ({ width, height, scheme, at }) => {
  pageStory("can be read, reached and used by all", async ({ scene, browser }) => {
    const seen: string[] = []
    const inspect = async (view: string, { page, picture }: Window, within = "body"): Promise<void> => {
      await page.evaluate(() => document.fonts.ready)
      await picture(`looks-doctor-${view}-${at.replace("a ", "")}-${scheme}`)
      seen.push(...(await faultsOf(page, within)).map((fault) => `${view}: ${fault}`))
    }
    const claude = await pretenders.startOrphan("claude", "900")
    const gemini = await pretenders.startOrphan("gemini", "")
    const codex = await pretenders.start("codex", ["exec", "make the build green, and say in one sentence what was wrong with it"], {
      count: 3,
    })
    const corral = await scene.start()
    const threadId = await createThread(corral.client, await addProject(corral.client, scene.project), practice.config)
    await corral.client.dispatch({ _tag: "runtime.wake", threadId })
    await expect.poll(async () => (await corral.client.call("count", {})).processes, { timeout: 20_000 }).toBeGreaterThan(0)
    const window = await openWindow(browser, { width, height, scheme })
    const { page } = window
    await signIn(page, corral)
    await page.goto(`${corral.address}/doctor`)
    await sees(page.getByRole("table", { name: "Corral's own" }))
    await inspect("page", window)
    await page.getByRole("button", { name: "Choose all" }).click()
    for (const [one] of [claude, gemini]) expect(await box(page, one).isChecked()).toBe(true)
    await page.getByRole("button", { name: "Clear" }).click()
    // By their pids: there may be others of somebody else on this machine.
    for (const [one] of [claude, gemini, codex]) await box(page, one).check()
    await inspect("chosen", window)
    await page.getByRole("button", { name: "What would end…" }).click()
    await sees(dialog(page).getByRole("heading", { name: "6 processes would end" }))
    await inspect("plan", window, "[role=dialog]")
    await dialog(page).getByRole("button", { name: "End these 6" }).click()
    await sees(dialog(page).getByRole("heading", { name: "Gone" }))
    await inspect("report", window, "[role=dialog]")
    expect(seen).toEqual([])
    expect(pretenders.living()).toEqual([])
  })
})
