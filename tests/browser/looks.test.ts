// Every view in both themes, at a desk and on a phone: nothing for axe to find, nothing cut off, nothing on top of something else.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "playwright-core"
import { afterAll, describe, expect } from "vitest"
import { pageStory } from "./page-story.ts"
import { begin, say, sees, signIn, transcript } from "./visit.ts"
import { openWindow, type Window } from "./window.ts"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

const sizes = [
  { at: "a desk", width: 1440, height: 900 },
  { at: "a phone", width: 390, height: 844 },
] as const
const looks = sizes.flatMap((size) => (["light", "dark"] as const).map((scheme) => ({ ...size, scheme })))

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** The page's own policy forbids foreign scripts, so axe comes in the way a debugger does. Base UI's focus guards hand the focus on at once. */
const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe)
  const found: readonly Violation[] = await page.evaluate(
    `axe.run({ exclude: ["[data-base-ui-focus-guard]"] }, { runOnly: ${JSON.stringify(tags)} }).then((r) => r.violations)`,
  )
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`))
}

/** What a hand could hit must be on top, rows must follow one another, and the page must not scroll sideways. Runs in the page; `within`: the layer on top. */
const misplacedHere = (within: string): readonly string[] => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
  const centreOf = (control: Element): readonly [number, number] => {
    const { left, top, width, height } = control.getBoundingClientRect()
    return [left + width / 2, top + height / 2]
  }
  /** A control that its list has scrolled away is where it should be. */
  const isInView = (control: Element, [x, y]: readonly [number, number]): boolean => {
    for (let box: Element | null = control; box !== null; box = box.parentElement) {
      const isClip = box === document.documentElement || getComputedStyle(box).overflowY !== "visible"
      const { left, right, top, bottom } = box.getBoundingClientRect()
      if (isClip && (x < left || x > right || y < top || y > bottom)) return false
    }
    return control.getBoundingClientRect().width > 1
  }
  const cover = (control: Element): string | null => {
    const centre = centreOf(control)
    if (!isInView(control, centre)) return null
    const top = document.elementFromPoint(...centre)
    if (top !== null && [control, control.closest("label")].some((mine) => mine?.contains(top) === true || top.contains(mine))) return null
    return `${control.outerHTML.slice(0, 120)} lies under ${top?.outerHTML.slice(0, 80) ?? "nothing"}`
  }
  const controls = [...document.querySelectorAll(`${within} :is(button, a[href], input, textarea, [role=menuitem], [role=option])`)]
  const rows = [...document.querySelectorAll('[role="log"] [data-index]')].map((row) => row.getBoundingClientRect())
  const gaps = rows.flatMap(({ top }, at) => {
    const gap = Math.round(top - (rows[at - 1]?.bottom ?? top))
    return Math.abs(gap) > 1 ? [`row ${at} stands ${gap} px below the one before it`] : []
  })
  return [...(wide > 0 ? [`the page is ${wide} px too wide`] : []), ...gaps, ...controls.map(cover).filter((fault) => fault !== null)]
}

describe.each(looks)("at $at, $scheme", ({ width, height, scheme, at }) => {
  const seen: string[] = []
  const inspect = async (view: string, { page, picture }: Window, within = "body"): Promise<void> => {
    await page.evaluate(() => document.fonts.ready)
    await picture(`looks-${view}-${at.replace("a ", "")}-${scheme}`)
    const faults = [...(await violations(page)), ...(await page.evaluate(misplacedHere, within))]
    seen.push(...faults.map((fault) => `${view}: ${fault}`))
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
