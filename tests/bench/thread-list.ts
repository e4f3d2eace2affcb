// What a new client waits for before it can show its first screen, in a home with 5,000 threads.
import { type Figure, most, quantile, spread } from "./figure.ts"
import { makeHome } from "./home.ts"
import { openRaw } from "./raw-line.ts"
import { seedThreads } from "./seed.ts"

const threads = 5_000
const clients = 30

export const measureThreadList = async (): Promise<readonly Figure[]> => {
  const home = makeHome()
  try {
    const corral = await home.start()
    await seedThreads(corral, home.project, threads)
    const millis: number[] = []
    let kilobytes = 0
    for (let i = 0; i < clients; i++) {
      const began = performance.now()
      const line = await openRaw(corral)
      const { bytes } = await line.firstItem("shell", {})
      millis.push(performance.now() - began)
      kilobytes = bytes / 1000
      line.close()
    }
    const note = `new socket, hello, first snapshot; ${spread(millis, "ms")}`
    return [
      { name: "thread list of 5,000 to a new client, p50", unit: "ms", reached: quantile(millis, 0.5), target: most(60), note },
      {
        name: "bytes before the first screen",
        unit: "kB",
        reached: kilobytes,
        target: most(150),
        note: "frames as text, before any compression",
      },
    ]
  } finally {
    await home.end()
  }
}
