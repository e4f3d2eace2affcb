// What a browser has to load before the app stands, compressed as a server on the net would send it.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { type Figure, most } from "./figure.ts"

const web = join(import.meta.dirname, "../../dist/web")
const kilobytes = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(web, file)), { level: 9 }).length, 0) / 1000

export const measureFirstLoad = async (): Promise<readonly Figure[]> => {
  const page = readFileSync(join(web, "index.html"), "utf8")
  const linked = [...page.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].flatMap(([, file]) => file ?? [])
  const scripts = withImports(linked.filter((file) => file.endsWith(".js")))
  const styles = linked.filter((file) => file.endsWith(".css"))
  return [
    { name: "first load, JavaScript, gzip", unit: "kB", reached: kilobytes(scripts), target: most(190), note: `${scripts.length} files` },
    { name: "first load, CSS, gzip", unit: "kB", reached: kilobytes(styles), target: most(14), note: `${styles.length} files` },
  ]
}

/** What is imported statically is loaded at once too; what is imported when needed is not. */
const withImports = (entries: readonly string[]): readonly string[] => {
  const found = new Set(entries)
  for (const file of found) {
    const text = readFileSync(join(web, file), "utf8")
    for (const [, , name] of text.matchAll(/(?:^|[;}])(?:import|export)(?:[^;"'()]*?from)?\s*(["'])\.\/([^"']+\.js)\1/g))
      if (name !== undefined) found.add(join(file, "..", name))
  }
  return [...found]
}
