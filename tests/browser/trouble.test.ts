// What a person sees when something is wrong: the server is gone, an address leads nowhere, an agent cannot be used.
import { describe, expect } from "vitest"
import { practice, rootsOf } from "../stories/kinds.ts"
import { pageStory } from "./page-story.ts"
import { agentMillis, begin, message, say, sees, signIn, transcript } from "./visit.ts"
import { openWindow } from "./window.ts"

const practiceAgent = /^Practice agent/

describe("a page whose server is gone", () => {
  pageStory("says so, takes a message all the same, and sends it when the server is back", async ({ scene, browser }) => {
    const corral = await scene.start()
    const { page, picture } = await openWindow(browser)
    await signIn(page, corral)
    await begin(page, scene, { agent: practiceAgent, question: "say before the fall" })
    await sees(transcript(page).getByText("before the fall", { exact: true }))
    corral.signal("SIGKILL")
    await corral.exited
    await sees(page.getByText(/Connection lost\. Retrying/))
    await picture("disconnected")
    await say(page, "say after the fall")
    expect(await transcript(page).getByText("before the fall", { exact: true }).count()).toBe(1)
    await scene.start({ CORRAL_PORT: new URL(corral.address).port })
    await sees(transcript(page).getByText("after the fall", { exact: true }))
    expect(await page.getByText(/Connection lost/).count()).toBe(0)
    expect(await message(page).inputValue()).toBe("")
    expect(rootsOf(scene, practice)).toHaveLength(1)
  })
})

describe("a containment that can miss somebody", () => {
  pageStory("is said above the processes that it contains", async ({ scene, browser }) => {
    const corral = await scene.start({ CORRAL_TIER: "plain" })
    const { page } = await openWindow(browser)
    await signIn(page, corral)
    await page.goto(`${corral.address}/processes`)
    await sees(page.getByText(/Processes are contained by linux-plain only: .*“?0 left”? is not certain|"0 left" is not certain/))
  })
})

describe("an address", () => {
  pageStory("of a thread that never was says so and leads on", async ({ scene, browser }) => {
    const corral = await scene.start()
    const { page } = await openWindow(browser)
    await signIn(page, corral)
    await sees(page.getByRole("heading", { name: "Agents on this machine" }))
    await page.goto(`${corral.address}/thread/thr_nothing`)
    await sees(page.getByText(/gone|nothing|no such/i))
    await page.goto(`${corral.address}/nowhere`)
    await sees(page.getByRole("link").or(page.getByRole("button")))
  })

  pageStory("opened by a stranger's browser shows nothing but how to sign in", async ({ scene, browser }) => {
    const corral = await scene.start()
    const { page } = await openWindow(browser)
    const answer = await page.goto(corral.address)
    expect(answer?.status()).toBe(401)
    await sees(page.getByText("corral", { exact: true }))
  })
})

describe("an agent", () => {
  pageStory("that is missing is named with the command that brings it, and the practice agent is offered", async ({ scene, browser }) => {
    scene.agents.replaceClaude("#!/bin/sh\necho 'Segmentation fault' >&2\nexit 139\n")
    const corral = await scene.start()
    const { page } = await openWindow(browser)
    await signIn(page, corral)
    await sees(page.getByText("Claude Code", { exact: true }))
    await sees(page.getByRole("button", { name: /practice agent/i }))
  })

  pageStory("that crashes in mid turn leaves a row that says so, and the next message wakes another", async ({ scene, browser }) => {
    const corral = await scene.start()
    const { page } = await openWindow(browser)
    await signIn(page, corral)
    await begin(page, scene, { agent: practiceAgent, question: "say one\ncrash 3" })
    await sees(transcript(page).getByText(/exit code 3|left with code 3|ended by itself/i))
    await say(page, "say two")
    await sees(transcript(page).getByText("two", { exact: true }), agentMillis)
  })
})
