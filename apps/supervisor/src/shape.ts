// Checks of shape for everything that comes from outside: the supervisor carries no library that would do it.

export type Check<A> = (x: unknown) => x is A
type Shape = Readonly<Record<string, Check<unknown>>>
type Made<S extends Shape> = { readonly [K in keyof S]: S[K] extends Check<infer A> ? A : never }

export const text: Check<string> = (x): x is string => typeof x === "string"
export const flag: Check<boolean> = (x): x is boolean => typeof x === "boolean"
export const whole: Check<number> = (x): x is number => Number.isSafeInteger(x)

export function isRecord(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === "object" && x !== null && !Array.isArray(x)
}

/** Other fields may be there too: a newer sender says more. */
export function struct<S extends Shape>(shape: S): Check<Made<S>> {
  const fields = Object.entries(shape)
  return (x): x is Made<S> => isRecord(x) && fields.every(([name, check]) => check(x[name]))
}

export function list<A>(check: Check<A>): Check<readonly A[]> {
  return (x): x is readonly A[] => Array.isArray(x) && x.every((entry) => check(entry))
}

export function record<A>(check: Check<A>): Check<Readonly<Record<string, A>>> {
  return (x): x is Readonly<Record<string, A>> => isRecord(x) && Object.values(x).every((value) => check(value))
}

export function nullable<A>(check: Check<A>): Check<A | null> {
  return (x): x is A | null => x === null || check(x)
}

/** Missing in what an older sender says. */
export function optional<A>(check: Check<A>): Check<A | undefined> {
  return (x): x is A | undefined => x === undefined || check(x)
}

export function oneOf<const A extends string>(...names: readonly A[]): Check<A> {
  return (x): x is A => names.some((name) => name === x)
}

export function either<A, B>(one: Check<A>, other: Check<B>): Check<A | B> {
  return (x): x is A | B => one(x) || other(x)
}
