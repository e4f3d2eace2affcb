// Tests beside the code (unit), of the layout itself (house), and across processes (stories).
import { defineConfig } from "vitest/config"

const unitDeadlineMillis = 10_000
/** Stories start real agents and a browser on machines with two busy cores. */
const storyDeadlineMillis = 120_000
/** `expect.poll` gives up after 1 s where nobody says otherwise: a page on a busy machine needs more. */
const pollMillis = 20_000

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    retry: 0,
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: "unit",
          include: ["{packages,apps}/*/src/**/*.test.{ts,tsx}"],
          testTimeout: unitDeadlineMillis,
          hookTimeout: unitDeadlineMillis,
        },
      },
      { test: { name: "house", include: ["tests/house/*.test.ts"], testTimeout: unitDeadlineMillis } },
      {
        test: {
          name: "stories",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/house/**"],
          testTimeout: storyDeadlineMillis,
          hookTimeout: storyDeadlineMillis,
          expect: { poll: { timeout: pollMillis } },
          fileParallelism: false,
        },
      },
    ],
  },
})
