// A folder of its own for one test, dropped at its end.
import { mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Short: a Unix socket's path inside has to stay under 108 bytes. */
export const makeScratch = (): { readonly folder: string; readonly drop: () => void } => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "crl-")))
  return { folder, drop: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) }
}
