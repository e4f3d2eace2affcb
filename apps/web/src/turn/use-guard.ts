// A card that has just appeared does not hear: a key or press on its way to something else must not be taken for an answer.
import { useCallback, useState } from "react"

const deafMillis = 400

/** Tells whether it is still too early. Begins anew with each mount. */
export const useGuard = (): (() => boolean) => {
  const [appearedAt] = useState(() => performance.now())
  return useCallback(() => performance.now() - appearedAt < deafMillis, [appearedAt])
}
