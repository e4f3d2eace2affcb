// How every file looks: its size, its first line, its words, and what it must not tell of the machine it was written on.
import { describe, expect, it } from "vitest"
import { filesOf, root, sources, type SourceFile } from "./files.ts"

const mostLines = 300
const mostTestLines = 400
/** They name a drawer, or nothing. */
const bannedWords = ["manager", "handler", "util", "utils", "helper", "helpers", "data", "info", "reap", "reaper"]
const drawers = ["services", "layers", "utils", "common", "types", "helpers", "misc", "shared"]

describe("a file", () => {
  it(`has at most ${mostLines} lines of code, a test ${mostTestLines}`, () => {
    const long = sources.filter(
      (file) => codeLines(file.text) > (isTest(file.path) || file.path.startsWith("tests/") ? mostTestLines : mostLines),
    )
    expect(pathsOf(long)).toEqual([])
  })

  it("says in its first line what it is for, except a test, whose subject says it", () => {
    const silent = sources.filter(({ path, text }) => !isTest(path) && !/^(#!.*\n)?(\/\/|\/\*\*?) ?\S/.test(text))
    expect(pathsOf(silent)).toEqual([])
  })

  it("is named in kebab-case, in a folder that is no drawer", () => {
    const isOdd = (part: string) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part.replace(/\..*$/, ""))
    const odd = sources.filter(
      ({ path }) =>
        path.split("/").some(isOdd) ||
        path
          .split("/")
          .slice(0, -1)
          .some((folder) => drawers.includes(folder)),
    )
    expect(pathsOf(odd)).toEqual([])
  })

  it("declares nothing by a word that says nothing", () => {
    const declared = /\b(?:class|function|const|let|interface|type)\s+([A-Za-z_$][\w$]*)/g
    const found = sources.flatMap(({ path, text }) =>
      [...text.matchAll(declared)].flatMap(([, name = ""]) =>
        wordsOf(name).some((word) => bannedWords.includes(word)) ? [`${path}: ${name}`] : [],
      ),
    )
    const files = sources.filter(({ path }) => wordsOf(path.split("/").at(-1) ?? "").some((word) => bannedWords.includes(word)))
    expect([...found, ...pathsOf(files)]).toEqual([])
  })
})

describe("the repository", () => {
  const all = filesOf(/^(?!.*\.(png|jpg|ico|woff2|webp)$)/)

  it("knows no path of the machine it was written on", () => {
    expect(pathsOf(all.filter(({ text }) => text.includes(`${root}/`)))).toEqual([])
  })

  it("names no package registry", () => {
    const registry = /registry\.[a-z]|"resolved": "https?:/
    expect(pathsOf(all.filter(({ path, text }) => /(package-lock\.json|\.npmrc)$/.test(path) && registry.test(text)))).toEqual([])
  })

  it("keeps its guide for agents at 80 lines", () => {
    const guide = all.find(({ path }) => path === "AGENTS.md")?.text ?? ""
    expect(guide.trimEnd().split("\n").length).toBeLessThanOrEqual(80)
    expect(guide).not.toBe("")
  })
})

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path)
}

function pathsOf(files: readonly SourceFile[]): string[] {
  return files.map(({ path }) => path)
}

/** Without blank lines and comments. */
function codeLines(text: string): number {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.trim().startsWith("//")).length
}

/** `readFileInfo` and `read-file-info` are the words read, file, info. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase())
}
