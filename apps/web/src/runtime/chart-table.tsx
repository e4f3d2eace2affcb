// The chart's figures for a screen reader: each session now and at its highest.
import { formatBytes } from "../ui/format-bytes.ts"
import type { History } from "./history.ts"

export const ChartTable = ({ history }: { readonly history: History }) => {
  const last = history.samples.at(-1)
  return (
    <table className="sr-only">
      <caption>Memory by session in the last ten minutes</caption>
      <thead>
        <tr>
          <th scope="col">Session</th>
          <th scope="col">Now</th>
          <th scope="col">Highest</th>
        </tr>
      </thead>
      <tbody>
        {history.trees.map(({ treeId, title }) => (
          <tr key={treeId}>
            <th scope="row">{title}</th>
            <td>{formatBytes(last?.byTree.get(treeId) ?? 0)}</td>
            <td>{formatBytes(Math.max(0, ...history.samples.map((sample) => sample.byTree.get(treeId) ?? 0)))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
