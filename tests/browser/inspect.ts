// What is wrong with how a page looks: what axe finds, what is cut off, and what lies under something else. In both themes, at a desk and on
// a phone.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "playwright-core"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

const sizes = [
  { at: "a desk", width: 1440, height: 900 },
  { at: "a phone", width: 390, height: 844 },
] as const
export const looks = sizes.flatMap((size) => (["light", "dark"] as const).map((scheme) => ({ ...size, scheme })))

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

/** `within`: the layer on top. */
export const faultsOf = async (page: Page, within = "body"): Promise<readonly string[]> => [
  ...(await violations(page)),
  ...(await page.evaluate(misplacedHere, within)),
]
