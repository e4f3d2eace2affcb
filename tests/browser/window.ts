// A real browser, Debian's, and windows in it that note what a page must not do: fail behind its own back, or ask another origin.
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core"

const program = process.env["CORRAL_TEST_CHROMIUM"] ?? "/usr/bin/chromium"
export const pictures = join(import.meta.dirname, "../../.cache/pictures")
const actionMillis = 30_000

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
]

export interface Window {
  readonly page: Page
  /** What the page did that it must not: errors, and requests to elsewhere. */
  readonly faults: readonly string[]
  /** Keeps a picture under .cache/pictures. */
  readonly picture: (name: string) => Promise<void>
}

export interface WindowOptions {
  readonly width?: number
  readonly height?: number
  readonly scheme?: "light" | "dark"
}

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: program, args: flags })

/** A window of its own, as a new person with an empty cookie jar has it. */
export const openWindow = async (
  browser: Browser,
  { width = 1280, height = 800, scheme = "dark" }: WindowOptions = {},
): Promise<Window> => {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
    ...(width < 600 ? { isMobile: true, hasTouch: true } : {}),
  })
  const page = await context.newPage()
  page.setDefaultTimeout(actionMillis)
  mkdirSync(pictures, { recursive: true })
  return {
    page,
    faults: watchFaults(context, page),
    picture: async (name) => void (await page.screenshot({ path: join(pictures, `${name}.png`), animations: "disabled" })),
  }
}

const watchFaults = (context: BrowserContext, page: Page): readonly string[] => {
  const faults: string[] = []
  page.on("pageerror", (error) => faults.push(`threw: ${error.message}`))
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`logged: ${message.text()}`)
  })
  context.on("request", (request) => {
    const url = new URL(request.url())
    const isOwn = ["127.0.0.1", "localhost"].includes(url.hostname) || ["data:", "blob:"].includes(url.protocol)
    if (!isOwn) faults.push(`asked elsewhere: ${request.url()}`)
  })
  return faults
}
