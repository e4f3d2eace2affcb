// What running agents told of themselves, kept in one small file of CORRAL_HOME so that the next start knows it at once.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { type Model, Model as ModelSchema } from "@corral/contracts/provider"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

const Learned = Schema.fromJsonString(Schema.Record(Schema.String, Schema.Struct({ models: Schema.Array(ModelSchema) })))
type Learned = typeof Learned.Type

export interface LearnedModels {
  readonly of: (provider: string) => readonly Model[] | undefined
  /** False: known already. */
  readonly keep: (provider: string, models: readonly Model[]) => boolean
}

/** A file that is missing or damaged is nothing learned yet; one that cannot be written costs only the next start's knowledge. */
export function readLearned(file: string): LearnedModels {
  let learned: Learned = read(file)
  return {
    of: (provider) => learned[provider]?.models,
    keep: (provider, models) => {
      if (JSON.stringify(learned[provider]?.models) === JSON.stringify(models)) return false
      learned = { ...learned, [provider]: { models } }
      write(file, learned)
      return true
    },
  }
}

function read(file: string): Learned {
  try {
    return Option.getOrElse(Schema.decodeUnknownOption(Learned)(readFileSync(file, "utf8")), () => ({}))
  } catch {
    return {}
  }
}

function write(file: string, learned: Learned): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify(learned))
    renameSync(`${file}.new`, file)
  } catch {
    // The disk is full or read-only: the store says so where it matters.
  }
}
