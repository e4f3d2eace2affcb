// `npm run chaos`: sets up, builds, and ends everything in every way at random moments. What follows `--` goes to tests/chaos/main.ts.
import { join } from "node:path"
import { installAgents } from "./agents.mjs"
import { modernNode, orSay, root, run } from "./run.mjs"
import { setup } from "./setup.mjs"

await orSay(async () => {
  await setup()
  const { claude } = await installAgents()
  return run(modernNode(), [join(root, "tests", "chaos", "main.ts"), ...process.argv.slice(2)], { env: { CORRAL_TEST_CLAUDE: claude } })
})
