// The app in a real browser, on a thread of 5,000 messages: how soon it stands, what streaming costs, how it feels to type meanwhile.
import type { CDPSession, Page } from "playwright-core"
import type { ThreadId } from "@corral/contracts/ids"
import { until } from "../agents/deadline.ts"
import { launchBrowser, openWindow } from "../browser/window.ts"
import { message, signIn } from "../browser/visit.ts"
import type { Corral } from "../stories/corral.ts"
import { practice } from "../stories/kinds.ts"
import { addProject, converse, createThread, order, send, threadNow } from "../stories/talk.ts"
import { type Figure, most, quantile, spread } from "./figure.ts"
import { makeHome } from "./home.ts"

/** Each turn is a question and an answer. */
const turns = 2_500
/** Queued at once; the agent goes on by itself. */
const queued = 40
const seedMillis = 300_000
const streamMillis = 10_000
const keysPerSecond = 12
const switches = 10

export const measureScreen = async (): Promise<readonly Figure[]> => {
  const home = makeHome()
  const browser = await launchBrowser()
  try {
    const corral = await home.start()
    const projectId = await addProject(corral.client, home.project)
    const [long, other] = [
      await createThread(corral.client, projectId, practice.config),
      await createThread(corral.client, projectId, practice.config),
    ]
    for (const [threadId, title] of [
      [long, "A long thread"],
      [other, "Another thread"],
    ] as const)
      await order(corral.client, { _tag: "thread.rename", threadId, title })
    await order(corral.client, { _tag: "thread.set", threadId: long, model: "quick" })
    await seed(corral, long)
    await converse(corral.client, other, "say the other one")
    const { page } = await openWindow(browser, { width: 1440, height: 900 })
    await signIn(page, corral)
    await page.getByRole("link", { name: "A long thread" }).waitFor()
    return [
      ...(await measureOpening(page, `${corral.address}/thread/${long}`)),
      ...(await measureSwitching(page)),
      ...(await measureStreaming(page, corral, long)),
    ]
  } finally {
    await browser.close()
    await home.end()
  }
}

const seed = async ({ client }: Corral, threadId: ThreadId): Promise<void> => {
  let asked = 0
  const isDone = async () => {
    const { queue, turn } = await threadNow(client, threadId)
    const room = Math.min(queued - queue.length, turns - asked)
    await Promise.all(Array.from({ length: room }, (_, at) => send(client, threadId, `say Message ${asked + at} of many.`)))
    asked += room
    return (asked === turns && turn === null) || undefined
  }
  await until(isDone, { what: `${turns} turns`, withinMillis: seedMillis, instead: () => `${asked} asked` })
}

const last = `Message ${turns - 1} of many.`

/** Runs in the page: what the browser itself has noted since it began to load. */
const noted = (text: string): Promise<{ readonly painted: number; readonly shown: number; readonly shift: number }> =>
  new Promise((resolve) => {
    let shift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if ("value" in entry && typeof entry.value === "number" && !("hadRecentInput" in entry && entry.hadRecentInput === true))
          shift += entry.value
    }).observe({ type: "layout-shift", buffered: true })
    const look = (): void => {
      const log = document.querySelector('[role="log"]')
      if (log?.textContent.includes(text) !== true) return void requestAnimationFrame(look)
      const shown = performance.now()
      setTimeout(() => resolve({ painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0, shown, shift }), 500)
    }
    look()
  })

const measureOpening = async (page: Page, address: string): Promise<readonly Figure[]> => {
  const seen: { readonly painted: number; readonly shown: number; readonly shift: number }[] = []
  for (let i = 0; i < switches; i++) {
    await page.goto(address, { waitUntil: "commit" })
    seen.push(await page.evaluate(noted, last))
  }
  const of = (pick: (one: (typeof seen)[number]) => number) => seen.map(pick)
  return [
    median(
      "page to first paint",
      of(({ painted }) => painted),
      600,
    ),
    median(
      "page to the last of 5,000 messages",
      of(({ shown }) => shown),
      1_200,
    ),
    {
      name: "layout shift while it opens",
      unit: "",
      reached: Math.max(...of(({ shift }) => shift)),
      target: most(0.01),
      note: `worst of ${switches}`,
    },
  ]
}

const median = (name: string, values: readonly number[], limit: number): Figure => ({
  name: `${name}, p50`,
  unit: "ms",
  reached: quantile(values, 0.5),
  target: most(limit),
  note: spread(values, "ms"),
})

/** Runs in the page: from the press to the frame that shows the other thread. */
const switchTo = ({ title, text }: { readonly title: string; readonly text: string }): Promise<number> =>
  new Promise((resolve) => {
    const link = [...document.querySelectorAll("nav a")].find((one) => one.getAttribute("title") === title)
    const began = performance.now()
    if (link instanceof HTMLElement) link.click()
    const look = (): void => {
      const log = document.querySelector('[role="log"]')
      const isShown = log?.textContent.includes(text) === true && log.firstElementChild?.checkVisibility({ visibilityProperty: true })
      if (isShown === true) setTimeout(() => resolve(performance.now() - began))
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })

const measureSwitching = async (page: Page): Promise<readonly Figure[]> => {
  const millis: number[] = []
  for (let i = 0; i < switches; i++) {
    await page.evaluate(switchTo, { title: "Another thread", text: "the other one" })
    millis.push(await page.evaluate(switchTo, { title: "A long thread", text: last }))
  }
  return [
    {
      ...median("back to the long thread, warm", millis, 100),
      name: "back to the long thread, warm, p95",
      reached: quantile(millis, 0.95),
    },
  ]
}

const measureStreaming = async (page: Page, { client }: Corral, threadId: ThreadId): Promise<readonly Figure[]> => {
  await readAll(page)
  const session = await page.context().newCDPSession(page)
  await session.send("Performance.enable", { timeDomain: "threadTicks" })
  const idle = await busyShare(session, async () => page.waitForTimeout(streamMillis))
  const stream = () => send(client, threadId, `slow ${(streamMillis / 1000) * 120} 8`)
  await stream()
  const streaming = await busyShare(session, async () => page.waitForTimeout(streamMillis))
  await client.call("thread", { threadId })
  await stream()
  const keys = await measureKeys(page)
  const note = `120 pieces a second, all 5,000 messages loaded, 1440 × 900; with painting ${streaming.all.toFixed(1)} %`
  return [
    { name: "idle page, all tasks of the main thread", unit: "%", reached: idle.all, target: most(1), note: `${streamMillis / 1000} s` },
    { name: "streaming: script, layout and style", unit: "%", reached: streaming.own, target: most(10), note },
    { name: "key to glyph while streaming, p95", unit: "ms", reached: quantile(keys, 0.95), target: most(32), note: spread(keys, "ms") },
  ]
}

/** Scrolls back until the first message is there, then to the end again. */
const readAll = async (page: Page): Promise<void> => {
  const log = page.getByRole("log")
  const isAll = async () => {
    await log.evaluate((element) => void (element.scrollTop = 0))
    return (await log.getByText("Message 0 of many.", { exact: true }).count()) > 0 || undefined
  }
  await log.hover()
  await page.mouse.wheel(0, -400)
  await until(isAll, { what: "the first message", withinMillis: 60_000 })
  await page.getByRole("button", { name: "Latest" }).click()
  await log.getByText(last, { exact: true }).waitFor()
}

/** What counts as the page's own work; the rest of a task is mostly painting, which has no GPU here. */
const ownWork = new Set(["ScriptDuration", "LayoutDuration", "RecalcStyleDuration"])

/** Shares of one core, in percent: the page's own work, and all tasks of its main thread. */
const busyShare = async (session: CDPSession, meanwhile: () => Promise<void>): Promise<{ readonly own: number; readonly all: number }> => {
  const spent = async () => {
    const { metrics } = await session.send("Performance.getMetrics")
    const sum = (is: (name: string) => boolean) => metrics.reduce((total, { name, value }) => (is(name) ? total + value : total), 0)
    return { own: sum((name) => ownWork.has(name)), all: sum((name) => name === "TaskDuration") }
  }
  const [before, began] = [await spent(), performance.now()]
  await meanwhile()
  const [after, seconds] = [await spent(), (performance.now() - began) / 1000]
  return { own: (100 * (after.own - before.own)) / seconds, all: (100 * (after.all - before.all)) / seconds }
}

/** From each key press to the end of the frame that shows it. */
const measureKeys = async (page: Page): Promise<readonly number[]> => {
  await message(page).focus()
  await page.evaluate(() => {
    const millis: number[] = []
    Object.assign(window, { keyMillis: millis })
    window.addEventListener(
      "keydown",
      ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => millis.push(performance.now() - timeStamp))),
      true,
    )
  })
  const presses = (keysPerSecond * streamMillis) / 1000 / 2
  for (let i = 0; i < presses; i++) {
    await page.keyboard.press("x")
    await page.waitForTimeout(1000 / keysPerSecond)
  }
  return page.evaluate(() => ("keyMillis" in window && Array.isArray(window.keyMillis) ? window.keyMillis.map(Number) : []))
}
