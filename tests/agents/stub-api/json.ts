// Reading JSON that others wrote: what is not as expected reads as absent.
export type Json = Readonly<Record<string, unknown>>

export const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

export const parseJson = (text: string): Json => {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : {}
  } catch {
    return {}
  }
}

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "")

export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : [])
