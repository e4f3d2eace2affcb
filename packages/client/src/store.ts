// A map that tells who listens to a key. Many changes make one round of listeners, at a moment that the caller chooses.

/**
 * Values are replaced, never changed: a listener compares by identity (`useSyncExternalStore` does). `get` and `keys` are up to date at
 * once; listeners hear of it in the next flush, each at most once, however often its keys changed.
 */
export class Store<K, V> {
  readonly #schedule: (flush: () => void) => void
  readonly #listeners = new Map<K, Set<() => void>>()
  readonly #keyListeners = new Set<() => void>()
  readonly #changed = new Set<K>()
  #values = new Map<K, V>()
  #keys: readonly K[] | undefined
  #haveKeysChanged = false
  #isScheduled = false

  /** `schedule` is asked once per round: a browser gives `requestAnimationFrame`, a test its own. */
  constructor(schedule: (flush: () => void) => void = queueMicrotask) {
    this.#schedule = schedule
  }

  get(key: K): V | undefined {
    return this.#values.get(key)
  }

  /** In order of arrival. The same array until a key comes or goes. */
  keys(): readonly K[] {
    this.#keys ??= [...this.#values.keys()]
    return this.#keys
  }

  /** Setting what is there already tells nobody. */
  set(key: K, value: V): void {
    const isNew = !this.#values.has(key)
    if (!isNew && Object.is(this.#values.get(key), value)) return
    this.#values.set(key, value)
    this.#noteValue(key)
    if (isNew) this.#noteKeys()
  }

  delete(key: K): void {
    if (!this.#values.delete(key)) return
    this.#noteValue(key)
    this.#noteKeys()
  }

  /** All at once, as from a fresh snapshot and in its order: keys that are not in `entries` go, equal values tell nobody. */
  replace(entries: Iterable<readonly [K, V]>): void {
    const before = this.#values
    const keysBefore = this.keys()
    this.#values = new Map(entries)
    for (const key of keysBefore) if (!this.#values.has(key)) this.#noteValue(key)
    for (const [key, value] of this.#values) if (!before.has(key) || !Object.is(before.get(key), value)) this.#noteValue(key)
    const keys = [...this.#values.keys()]
    if (keys.length !== keysBefore.length || keys.some((key, at) => key !== keysBefore[at])) this.#noteKeys()
  }

  /** Returns how to stop listening; the second time that does nothing. */
  listen(key: K, listener: () => void): () => void {
    const heard = this.#listeners.get(key) ?? new Set()
    this.#listeners.set(key, heard.add(listener))
    return () => {
      heard.delete(listener)
      if (heard.size === 0 && this.#listeners.get(key) === heard) this.#listeners.delete(key)
    }
  }

  /** Told when a key comes, goes or moves. */
  listenKeys(listener: () => void): () => void {
    this.#keyListeners.add(listener)
    return () => void this.#keyListeners.delete(listener)
  }

  #noteValue(key: K): void {
    this.#changed.add(key)
    this.#wake()
  }

  #noteKeys(): void {
    this.#keys = undefined
    this.#haveKeysChanged = true
    this.#wake()
  }

  #wake(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#schedule(() => this.#flush())
  }

  #flush(): void {
    this.#isScheduled = false
    const told = new Set<() => void>(this.#haveKeysChanged ? this.#keyListeners : [])
    for (const key of this.#changed) for (const listener of this.#listeners.get(key) ?? []) told.add(listener)
    this.#haveKeysChanged = false
    this.#changed.clear()
    for (const listener of told) listener()
  }
}
