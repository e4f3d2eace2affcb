// The doctor as a page: every agent and MCP server of the machine, and the end of those that a person chose, judged by the machine itself.
import { readFileSync } from "node:fs"
import type { Page } from "playwright-core"
import { afterEach, beforeEach, describe, expect } from "vitest"
import { isAlive, type MachineProcess } from "../agents/machine.ts"
import { makePretenders, secret, type Pretenders } from "../agents/pretenders.ts"
import { practice } from "../stories/kinds.ts"
import { addProject, createThread } from "../stories/talk.ts"
import { pageStory } from "./page-story.ts"
import { sees, signIn } from "./visit.ts"
import { openWindow } from "./window.ts"

/** Then all that is started here belongs to that Corral, and cannot be chosen. */
const isInCorral = !/^Max file locks +unlimited/m.test(readFileSync("/proc/self/limits", "utf8"))

let pretenders: Pretenders
beforeEach(() => {
  pretenders = makePretenders()
})
afterEach(() => pretenders.end())

const box = (page: Page, name: string, process: MachineProcess | undefined) =>
  page.getByRole("checkbox", { name: `Choose ${name}, pid ${process?.pid}`, exact: true })
const living = (...all: readonly (MachineProcess | undefined)[]) => all.filter((one) => one !== undefined && isAlive(one)).length
const dialog = (page: Page) => page.getByRole("dialog")

describe.skipIf(isInCorral)("the doctor", () => {
  pageStory("welcomes a person with what runs on the machine, and leads to it", async ({ scene, browser }) => {
    const [orphan] = await pretenders.startOrphan("claude", "900")
    const corral = await scene.start()
    const { page, faults, picture } = await openWindow(browser, { width: 1440, height: 900 })
    await signIn(page, corral)
    const card = page.getByRole("complementary", { name: "Already on this machine" })
    await sees(card.getByText(/\d+ coding agents? .*uses? .*; \d+ looks? orphaned\./))
    await picture("doctor-welcome")
    await card.getByRole("link", { name: "Look at them" }).click()
    await page.waitForURL(/\/doctor$/)
    await sees(page.getByRole("table", { name: "Likely orphans" }).getByText("claude 900"))
    await sees(box(page, "claude", orphan))
    expect(faults).toEqual([])
  })

  pageStory("ends what was chosen once it was shown, and leaves one that is just like it alone", async ({ scene, browser }) => {
    const tree = await pretenders.start("codex", ["exec"], { count: 3 })
    const bystander = await pretenders.start("codex", ["exec"], { count: 3 })
    const corral = await scene.start()
    const { page, faults, picture } = await openWindow(browser, { width: 1440, height: 900 })
    await signIn(page, corral)
    await page.goto(`${corral.address}/processes`)
    await page.getByRole("link", { name: "Whole machine" }).click()
    await box(page, "codex", tree[0]).focus()
    await page.keyboard.press("Space")
    const server = tree.find(({ command }) => command.includes("mcp-server"))
    await expect.poll(() => box(page, "mcp-server-notes", server).isDisabled()).toBe(true)
    await page.getByRole("button", { name: "What would end…" }).click()
    await sees(dialog(page).getByRole("heading", { name: "3 processes would end" }))
    for (const { pid } of tree) await sees(dialog(page).getByText(String(pid), { exact: true }))
    await picture("doctor-plan")
    expect(living(...tree, ...bystander)).toBe(6)

    await page.keyboard.press("Escape")
    await expect.poll(() => dialog(page).count()).toBe(0)
    expect(living(...tree)).toBe(3)

    await page.getByRole("button", { name: "What would end…" }).click()
    await dialog(page).getByRole("button", { name: "End these 3" }).click()
    await sees(dialog(page).getByRole("heading", { name: "Gone" }))
    await sees(dialog(page).getByText(/^3 signalled.*; 0 left, seen at /))
    expect([living(...tree), living(...bystander)]).toEqual([0, 3])
    await picture("doctor-report")
    await dialog(page).getByRole("button", { name: "Close" }).click()
    await expect.poll(() => box(page, "codex", tree[0]).count()).toBe(0)
    await sees(box(page, "codex", bystander[0]))
    expect(await page.content()).not.toContain(secret)
    expect(faults).toEqual([])
  })

  pageStory("shows Corral's own with their thread, and nothing by which to end them here", async ({ scene, browser }) => {
    const corral = await scene.start()
    const projectId = await addProject(corral.client, scene.project)
    const threadId = await createThread(corral.client, projectId, practice.config)
    await corral.client.dispatch({ _tag: "thread.rename", threadId, title: "Herding cats" })
    await corral.client.dispatch({ _tag: "runtime.wake", threadId })
    const { page, faults, picture } = await openWindow(browser)
    await signIn(page, corral)
    await page.goto(`${corral.address}/settings`)
    await sees(page.getByText("Sessions and memory"))
    await page.keyboard.press("g")
    await page.keyboard.press("d")
    await page.waitForURL(/\/doctor$/)
    const own = page.getByRole("table", { name: "Corral's own" })
    await expect
      .poll(async () => {
        await page.getByRole("button", { name: "Look again" }).click()
        return own.getByRole("link", { name: "Herding cats" }).count()
      })
      .toBe(1)
    await picture("doctor-own")
    expect(await own.getByRole("checkbox").count()).toBe(0)
    expect(faults).toEqual([])
  })

  pageStory("says what it refuses, lets it be left out, and ends nothing of it", async ({ scene, browser }) => {
    const [first] = await pretenders.start("claude", ["900"])
    const [second] = await pretenders.start("claude", ["901"])
    const corral = await scene.start()
    const { page, picture } = await openWindow(browser, { width: 390, height: 844, scheme: "light" })
    await signIn(page, corral)
    await page.goto(`${corral.address}/doctor`)
    await box(page, "claude", first).check()
    await box(page, "claude", second).check()
    if (first) process.kill(first.pid, "SIGKILL")
    await expect.poll(() => living(first)).toBe(0)
    await page.getByRole("button", { name: "What would end…" }).click()
    await sees(dialog(page).getByText(`pid ${first?.pid}: there is no such process`))
    await picture("doctor-refused")
    await dialog(page).getByRole("button", { name: "Leave it out" }).click()
    await dialog(page).getByRole("button", { name: "End it" }).click()
    await sees(dialog(page).getByText(/^1 signalled/))
    expect(living(second)).toBe(0)
  })

  pageStory("says why nothing can be seen, and looks again when asked", async ({ scene, browser }) => {
    const [agent] = await pretenders.start("claude", ["900"])
    const corral = await scene.start()
    const { page, picture } = await openWindow(browser)
    await signIn(page, corral)
    await page.goto(`${corral.address}/doctor`)
    await sees(box(page, "claude", agent))
    const supervisor = await corral.supervisorPid()
    process.kill(supervisor, "SIGSTOP")
    await page.reload()
    await sees(page.getByText("The supervisor has not answered yet."))
    await picture("doctor-away")
    process.kill(supervisor, "SIGCONT")
    await sees(box(page, "claude", agent))
  })
})
