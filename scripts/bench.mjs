// `npm run bench`: sets up, builds, and measures every figure that Corral promises. What follows `--` goes to tests/bench/main.ts.
import { join } from "node:path"
import { installAgents } from "./agents.mjs"
import { chromium } from "./chromium.mjs"
import { modernNode, orSay, root, run } from "./run.mjs"
import { setup } from "./setup.mjs"

await orSay(async () => {
  await setup()
  const { claude } = await installAgents()
  const env = { CORRAL_TEST_CLAUDE: claude, CORRAL_TEST_CHROMIUM: await chromium() }
  return run(modernNode(), [join(root, "tests", "bench", "main.ts"), ...process.argv.slice(2)], { env })
})
