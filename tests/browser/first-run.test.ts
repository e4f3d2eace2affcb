// From the link that `npm start` prints to the last process gone, by mouse and keyboard, with nothing read before.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect } from "vitest"
import { claude, kinds, practice, rootsOf } from "../stories/kinds.ts"
import { pageStory } from "./page-story.ts"
import { agentMillis, begin, choose, goneMillis, message, say, sees, signIn, transcript } from "./visit.ts"
import { openWindow } from "./window.ts"

const agentNames = { claude: /^Claude Code/, practice: /^Practice agent/ }

/** A first question, a command that asks, an answer. */
const firstTurn = {
  claude: `say Let me look.\ntool: python3 -c "open('made.txt','w').write('by hand')"\nsay Done with it.`,
  practice: "say Let me look.\nrun printf 'by hand' > made.txt\nsay Done with it.",
}

describe.each(kinds)("a person's first visit, with $name", ({ name, ...kind }) => {
  const of = <A>(each: { readonly claude: A; readonly practice: A }): A => (name === claude.name ? each.claude : each.practice)

  pageStory("goes from the link to an answer, an approval, an archive and its proof", async ({ scene, browser }) => {
    const corral = await scene.start()
    const { page, faults, picture } = await openWindow(browser)
    await signIn(page, corral)
    await sees(page.getByRole("heading", { name: "Agents on this machine" }))
    await begin(page, scene, { agent: of(agentNames), question: of(firstTurn) })

    const card = page.getByRole("region", { name: /^Allow this command/ })
    await sees(card.getByText("made.txt"))
    await sees(page.getByRole("navigation", { name: "Threads" }).getByText("Needs you"))
    await picture(`approval-${name}`)
    await card.getByRole("button", { name: /^Allow once/ }).click()
    await sees(transcript(page).getByText("Done with it.", { exact: true }))
    expect(readFileSync(join(scene.project, "made.txt"), "utf8")).toBe("by hand")
    expect(rootsOf(scene, { name, ...kind })).toHaveLength(1)

    await page.getByRole("button", { name: "Archive", exact: true }).click()
    await sees(page.getByText("Archived. Nothing runs for it."), goneMillis)
    await sees(page.getByText(/gone: the tree was seen empty; 0 left/))
    await sees(page.getByText("the app", { exact: true }))
    expect(scene.running()).toEqual([])
    await scene.quiet(goneMillis)
    await picture(`archived-${name}`)
    expect(faults).toEqual([])
  })
})

describe("the folder", () => {
  pageStory("begins with the person's home, which what they type replaces, also where it comes late", async ({ scene, browser }) => {
    const corral = await scene.start()
    const { page } = await openWindow(browser)
    const held: (() => void)[] = []
    await page.routeWebSocket(/\/rpc/, (line) => {
      line.connectToServer().onMessage((said) => {
        if (String(said).includes('"folders":')) held.push(() => line.send(said))
        else line.send(said)
      })
    })
    await signIn(page, corral)
    const field = page.getByLabel("Path of the folder")
    await field.focus()
    await expect.poll(() => held.length).toBeGreaterThan(0)
    held.forEach((tell) => tell())
    await expect.poll(() => field.inputValue()).toBe(scene.person)
    await page.keyboard.insertText(scene.project)
    expect(await field.inputValue()).toBe(scene.project)
  })
})

describe("the link", () => {
  pageStory("signs one browser in, once", async ({ scene, browser }) => {
    const corral = await scene.start()
    const first = await openWindow(browser)
    await signIn(first.page, corral)
    await sees(first.page.getByRole("heading", { name: "Agents on this machine" }))
    const second = await openWindow(browser)
    await signIn(second.page, corral)
    await sees(second.page.getByText(/link/i))
    expect(await second.page.getByRole("heading", { name: "Agents on this machine" }).count()).toBe(0)
  })
})

describe("the conversation", () => {
  pageStory("takes a change of model, effort and mode while the agent runs, in the same process", async ({ scene, browser }) => {
    const corral = await scene.start()
    const { page, faults } = await openWindow(browser)
    await signIn(page, corral)
    await begin(page, scene, { agent: agentNames.claude, question: "say first answer" })
    await sees(transcript(page).getByText("first answer", { exact: true }))
    const [before] = rootsOf(scene, claude)
    await choose(page, /^Agent and model/, /^Opus/i)
    await choose(page, /^Effort/, /^Low/)
    await choose(page, /^Mode/, /^Full access/)
    await sees(page.getByRole("button", { name: /^Mode: Full access/ }))
    await say(page, `tool: python3 -c "print('not asked')"\nsay second answer`)
    await sees(transcript(page).getByText("second answer", { exact: true }))
    expect(scene.stub.requests.filter(({ aside }) => !aside).at(-1)).toMatchObject({
      model: expect.stringMatching(/opus/),
      effort: "low",
    })
    expect(rootsOf(scene, claude)).toEqual([before])
    expect(faults).toEqual([])
  })

  pageStory("queues what is sent meanwhile, stops when asked, and goes on with what waits", async ({ scene, browser }) => {
    const corral = await scene.start()
    const { page, faults } = await openWindow(browser)
    await signIn(page, corral)
    await begin(page, scene, { agent: agentNames.practice, question: practice.slowly })
    await sees(transcript(page).getByText(/^1 2 3/))
    await say(page, "say from the queue")
    await sees(page.getByRole("list", { name: "Queued messages" }).getByText("say from the queue"))
    await page.getByRole("button", { name: "Stop the turn", exact: true }).click()
    await sees(page.getByRole("button", { name: "Send now" }).or(transcript(page).getByText("from the queue", { exact: true })))
    const sendNow = page.getByRole("button", { name: "Send now" })
    if ((await sendNow.count()) > 0) await sendNow.click()
    await sees(transcript(page).getByText("from the queue", { exact: true }))
    expect(faults).toEqual([])
  })

  pageStory("keeps a draft through a reload, a change of thread and a lost connection", async ({ scene, browser }) => {
    const corral = await scene.start()
    const { page } = await openWindow(browser)
    await signIn(page, corral)
    await begin(page, scene, { agent: agentNames.practice, question: "say hello" })
    await sees(transcript(page).getByText("hello", { exact: true }))
    await message(page).fill("half a thought")
    const address = page.url()
    await page.reload()
    await expect.poll(() => message(page).inputValue(), { timeout: agentMillis }).toBe("half a thought")
    await page.keyboard.press("Control+Shift+O")
    await page.waitForURL(/\/new/)
    await page.goto(address)
    await expect.poll(() => message(page).inputValue()).toBe("half a thought")
  })

  pageStory("opens a tool's row to what went in and what came out", async ({ scene, browser }) => {
    const corral = await scene.start()
    const { page, picture } = await openWindow(browser)
    await signIn(page, corral)
    await begin(page, scene, { agent: agentNames.practice, question: "say hi" })
    await sees(transcript(page).getByText("hi", { exact: true }))
    await choose(page, /^Mode/, /^Full access/)
    await say(page, "think first this, then that\nrun echo out of the tool\nsay that was it")
    await sees(transcript(page).getByText("that was it", { exact: true }))
    await transcript(page)
      .getByRole("button", { name: /^Worked/ })
      .click()
    const tool = transcript(page).getByRole("button", { name: /Run.*echo out of the tool/ })
    expect(await tool.getAttribute("aria-expanded")).toBe("false")
    await tool.click()
    await sees(transcript(page).getByText("out of the tool", { exact: true }))
    await transcript(page)
      .getByRole("button", { name: /Thought/ })
      .click()
    await sees(transcript(page).getByText("first this, then that"))
    await picture("tool-row")
  })
})
