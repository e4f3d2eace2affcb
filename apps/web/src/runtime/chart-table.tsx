// The chart's figures for a screen reader: each session now and at its highest, and Corral itself.
import { formatBytes } from "../ui/format-bytes.ts"
import type { History, Sample } from "./history.ts"

export const ChartTable = ({ history, words }: { readonly history: History; readonly words: string }) => {
  const rows = history.sessions.map(({ key, title }) => ({ key, title, bytesIn: (one: Sample) => one.bySession.get(key) ?? 0 }))
  const own = { key: "own", title: "Corral itself", bytesIn: (one: Sample) => one.ownBytes ?? 0 }
  const last = history.samples.at(-1)
  return (
    <table className="sr-only">
      <caption>Memory by session, {words}</caption>
      <thead>
        <tr>
          <th scope="col">Session</th>
          <th scope="col">Now</th>
          <th scope="col">Highest</th>
        </tr>
      </thead>
      <tbody>
        {[...rows, own].map(({ key, title, bytesIn }) => (
          <tr key={key}>
            <th scope="row">{title}</th>
            <td>{formatBytes(last === undefined ? 0 : bytesIn(last))}</td>
            <td>{formatBytes(Math.max(0, ...history.samples.map(bytesIn)))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
