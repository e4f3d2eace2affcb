// `npm start`: sets up what is missing, then `corral start`. What follows `--` goes to it: npm start -- --port 0 --no-open
import { join } from "node:path"
import { modernNode, orSay, root, run } from "./run.mjs"
import { setup } from "./setup.mjs"

await orSay(async () => {
  await setup()
  return run(modernNode(), [join(root, "dist", "cli.mjs"), "start", ...process.argv.slice(2)])
})
