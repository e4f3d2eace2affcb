// A table of markdown; a wide one scrolls inside itself and can be reached with the keys.
import type { Tokens } from "marked"
import { cx } from "../ui/cx.ts"
import { Inline } from "./inline.tsx"

const aligned = { left: "text-left", center: "text-center", right: "text-right" } as const
const side = (cell: Tokens.TableCell) => aligned[cell.align ?? "left"]

export const TableView = ({ table }: { readonly table: Tokens.Table }) => (
  <div role="region" aria-label="Table" tabIndex={0} className="focus-inset my-3 overflow-x-auto rounded-panel border border-line">
    <table className="w-full border-collapse text-ui">
      <thead>
        <tr className="border-b border-line bg-raised">
          {table.header.map((cell, index) => (
            <th key={index} scope="col" className={cx("px-3 py-1.5 font-medium", side(cell))}>
              <Inline tokens={cell.tokens} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, at) => (
          <tr key={at} className="border-b border-line last:border-0">
            {row.map((cell, index) => (
              <td key={index} className={cx("px-3 py-1.5 align-top", side(cell))}>
                <Inline tokens={cell.tokens} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
