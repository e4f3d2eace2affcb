// `npm test`: sets up everything the tests need, runs them, and ends with one plain line. What follows `--` goes to vitest.
import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { installAgents } from "./agents.mjs"
import { chromium } from "./chromium.mjs"
import { modernNode, orSay, root, run, tool } from "./run.mjs"
import { setup } from "./setup.mjs"

const results = join(root, ".cache", `tests-${process.pid}.json`)

await orSay(async () => {
  await setup()
  const { claude } = await installAgents()
  const browser = await chromium()
  mkdirSync(join(root, ".cache"), { recursive: true })
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`]
  const env = { CORRAL_TEST_CLAUDE: claude, CORRAL_TEST_CHROMIUM: browser }
  const code = await run(modernNode(), [tool("vitest"), "run", ...reporters, ...process.argv.slice(2)], { env })
  return say(code)
})

/** Counts are vitest's own; what failed outside any test (a file that does not load, a stray error) counts as one failure each. */
function say(code) {
  const { passed, failed, skipped } = count()
  const failures = failed === 0 && code !== 0 ? 1 : failed
  if (passed + failures === 0) console.error("No test ran.")
  if (skipped > 0) console.log(`${skipped} skipped: this machine cannot do what they ask for`)
  console.log(`${passed} passed, ${failures} failed`)
  return failures > 0 || passed === 0 ? 1 : 0
}

function count() {
  try {
    const report = JSON.parse(readFileSync(results, "utf8"))
    const unloaded = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(results, { force: true })
  }
}
