// npm run pictures: makes the pictures of the documents anew, of the built app with practice agents at work. Takes about five minutes, which
// are those that the chart shows. Only names of folders are not as they were: a picture says nothing of the machine that it was made on.
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import type { Page } from "playwright-core"
import { WebSocket } from "ws"
import { connect, type Connection } from "@corral/client/connect"
import type { ProjectId, ThreadId } from "@corral/contracts/ids"
import { makeHome, type Home } from "../bench/home.ts"
import { sees, signIn } from "../browser/visit.ts"
import { launchBrowser, openWindow } from "../browser/window.ts"
import type { Corral } from "../stories/corral.ts"
import { practice } from "../stories/kinds.ts"
import { addProject, createThread, order, send, threadWhen } from "../stories/talk.ts"

const root = join(import.meta.dirname, "../..")
const pictures = join(root, "docs/pictures")
const [width, height] = [1440, 900]
/** As much as shows the certificates too. */
const tall = 1220
/** Between one act and the next, so that the chart has something to show. */
const actMillis = 45_000
/** Longer than the whole of it. */
const streamPieces = 9_000

/** A development server as an agent may leave one running. */
const devServer = `require("node:http").createServer((_, answer) => answer.end("ok")).listen(0, "127.0.0.1")\n`

/** Longest first: what lies in another one is named by that one. */
const namesOf = (home: Home): readonly (readonly [string, string])[] => [
  [process.execPath, "/usr/bin/node"],
  [join(home.folder, "work"), "/home/ada/work"],
  [home.folder, "/home/ada"],
  [root, "/home/ada/corral"],
]

/** What the server tells the page, with other names of folders. */
const rename = (page: Page, home: Home): Promise<void> =>
  page.routeWebSocket(/\/rpc/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((frame) => socket.send(namesOf(home).reduce((text, [from, to]) => text.replaceAll(from, to), String(frame))))
  })

/** The app's own line, so that what is ordered here is said to be asked by the app. */
const asTheApp = async (page: Page, { address }: Corral): Promise<Connection> => {
  const cookies = await page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
  return connect({ open: () => new WebSocket(`${address.replace(/^http/, "ws")}/rpc`, { headers: { cookie } }) })
}

const settled = (client: Connection, threadId: ThreadId) =>
  threadWhen(client, threadId, { what: "the end of the turn", fits: ({ turn, queue }) => turn === null && queue.length === 0 })

interface Told {
  readonly title: string
  readonly text: string
  readonly mode?: "ask" | "full"
}

const tellers = (client: Connection, projectId: ProjectId) => {
  const begin = async ({ title, text, mode = "full" }: Told): Promise<ThreadId> => {
    const threadId = await createThread(client, projectId, { ...practice.config, mode })
    await order(client, { _tag: "thread.rename", threadId, title })
    await send(client, threadId, text)
    return threadId
  }
  const answered = async (told: Told): Promise<ThreadId> => {
    const threadId = await begin(told)
    await settled(client, threadId)
    return threadId
  }
  return { begin, answered }
}

const clockPlan = [
  "plan read the failing test; pin the clock; run the suite",
  "think Three tests read the wall clock. I would pass the clock in, as the rest of the code does.",
  "say Three of the tests read the wall clock. I pass the clock in, as everything else here does, and run the suite once.",
  "run npm test -- --run src/clock",
].join("\n")

/** Gives the thread that waits for a person. */
const work = async (client: Connection, project: string): Promise<ThreadId> => {
  const { begin, answered } = tellers(client, await addProject(client, project))
  const upgrade = await answered({ title: "Upgrade to Node 26", text: "say Node 26 is in, and the suite is green." })
  await answered({ title: "Cap the retries of the client", text: "background node server.js" })
  await pause(actMillis)
  await begin({ title: "Explain the billing job", text: `slow ${streamPieces} 100` })
  await pause(actMillis)
  await order(client, { _tag: "thread.archive", threadId: upgrade })
  const flaky = await answered({ title: "Fix the flaky checkout test", text: "say It waits for the event now, not for the clock." })
  await pause(actMillis)
  const log = await answered({ title: "Write the changelog", text: "say Written." })
  await pause(actMillis)
  await order(client, { _tag: "runtime.stop", threadId: log })
  const clock = await begin({ title: "Pin the clock in the tests", text: clockPlan, mode: "ask" })
  await threadWhen(client, clock, { what: "a request", fits: ({ requests }) => requests.length > 0 })
  await pause(actMillis)
  await order(client, { _tag: "runtime.stop", threadId: flaky })
  await pause(actMillis)
  await send(client, flaky, "say It still holds after a hundred runs.")
  await settled(client, flaky)
  await pause(actMillis)
  return clock
}

const home = makeHome()
const browser = await launchBrowser()
try {
  const project = join(home.folder, "work/orders-api")
  mkdirSync(project, { recursive: true })
  writeFileSync(join(project, "server.js"), devServer)
  const corral = await home.start()
  const { page, faults } = await openWindow(browser, { width, height })
  await rename(page, home)
  await signIn(page, corral)
  await page.goto(`${corral.address}/processes`)
  const client = await asTheApp(page, corral)
  const clock = await work(client, project)
  client.close()
  const take = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`), animations: "disabled" })
  await sees(page.getByText("node server.js").first())
  await page.setViewportSize({ width, height: tall })
  await take("processes")
  await page.setViewportSize({ width, height })
  await page.goto(`${corral.address}/thread/${clock}`)
  await sees(page.getByRole("button", { name: /^Allow once/ }))
  await take("thread")
  if (faults.length > 0) throw new Error(faults.join("\n"))
} finally {
  await browser.close()
  await home.end()
}
