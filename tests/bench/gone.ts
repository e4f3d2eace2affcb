// Whether a certificate that says "gone" is true of trees that change their pids all the time while they are looked at.
import { hoppingKinds, zooShell } from "../agents/zoo.ts"
import { practice } from "../stories/kinds.ts"
import { makeScene } from "../stories/scene.ts"
import { addProject, certificateOf, converse, createThread, order } from "../stories/talk.ts"
import { type Figure, most, quantile, spread } from "./figure.ts"

const races = 100
/** Three that start each other anew as soon as one of them is gone, for a minute at most. */
const chain = `perl -e 'my $end=time+60; fork; fork; while(time<$end){ my $k=fork; unless($k){ select undef,undef,undef,0.003; exit } waitpid $k,0 }'`
const racers = `${zooShell(hoppingKinds)} ${chain} </dev/null >/dev/null 2>&1 &`

export const measureGone = async (): Promise<readonly Figure[]> => {
  const scene = await makeScene()
  const millis: number[] = []
  let [untrue, unproved, calm] = [0, 0, 0]
  try {
    const { client } = await scene.start()
    const projectId = await addProject(client, scene.project)
    for (let race = 0; race < races; race++) {
      const threadId = await createThread(client, projectId, practice.config)
      await converse(client, threadId, `run ${scene.agents.hold}; ${racers}`)
      if (!scene.oracle.isHeld()) calm++
      const since = Date.now()
      await order(client, { _tag: "thread.archive", threadId })
      const { outcome, checkedAt } = await certificateOf(client, threadId, since)
      if (outcome === "gone" && scene.oracle.isHeld()) untrue++
      if (outcome !== "gone") unproved++
      millis.push(checkedAt - since)
    }
  } finally {
    await scene.end()
  }
  const note = `${races} stops of two hoppers and a chain of forks; ${calm} of them had nothing to race`
  return [
    { name: 'fork races: false "gone"', unit: "", reached: untrue, target: most(0), note },
    { name: "fork races: not proved", unit: "", reached: unproved + calm, target: most(0), note: "stuck, or nothing ran" },
    { name: "fork races: seen empty, p95", unit: "ms", reached: quantile(millis, 0.95), target: most(5_000), note: spread(millis, "ms") },
  ]
}
