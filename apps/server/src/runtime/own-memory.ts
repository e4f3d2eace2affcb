// Resident memory of this server, as far as it can be told.

/** In bytes. Null: not known. Node opens a file for it and throws where no file handle is left; a look or a status must not fall for that. */
export const ownMemory = (): number | null => {
  try {
    return process.memoryUsage.rss()
  } catch {
    return null
  }
}
