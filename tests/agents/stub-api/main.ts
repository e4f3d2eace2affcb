// The stub API as a program: `node tests/agents/stub-api/main.ts [port]` prints its address, then a line for every question.
import { startStub } from "./start.ts"

const stub = await startStub({
  port: Number(process.argv[2] ?? 0),
  onRequest: ({ model, effort, aside, prompt }) => console.log(JSON.stringify({ model, effort, aside, prompt })),
})
console.log(`ANTHROPIC_BASE_URL=${stub.url} ANTHROPIC_API_KEY=stub`)

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stub.close().then(() => process.exit(0)))
