// `npm run pictures`: sets up, builds, and makes the pictures in docs/pictures anew (tests/pictures/main.ts).
import { join } from "node:path"
import { chromium } from "./chromium.mjs"
import { modernNode, orSay, root, run } from "./run.mjs"
import { setup } from "./setup.mjs"

await orSay(async () => {
  await setup()
  return run(modernNode(), [join(root, "tests", "pictures", "main.ts")], { env: { CORRAL_TEST_CHROMIUM: await chromium() } })
})
