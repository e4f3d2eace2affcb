// Tests beside the code (unit), of the layout itself (house), and across processes (stories).
import { defineConfig } from "vitest/config"

const unitDeadlineMillis = 10_000
/** Stories start real agents and a browser on machines with two busy cores. */
const storyDeadlineMillis = 120_000

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
          fileParallelism: false,
        },
      },
    ],
  },
})
