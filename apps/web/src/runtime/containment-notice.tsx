// Above the processes: what is not right with what contains them, in the server's own words. Never left for the settings page alone.
import { useStatus } from "../link/use-status.ts"

export const ContainmentNotice = () => {
  const problems = useStatus()?.problems ?? []
  return problems.map((problem) => (
    <p key={problem} role="status" className="pb-3 text-attention">
      <span aria-hidden>▲ </span>
      {problem}
    </p>
  ))
}
