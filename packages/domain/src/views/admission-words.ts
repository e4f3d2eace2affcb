// Why a thread waits in line, in a sentence for people.
import type { Admission } from "@corral/contracts/runtime"

/** Its place, where there is more than one. */
export const placeWords = ({ place, of }: Admission): string => (of === 1 ? "in line" : `in line, ${place} of ${of}`)

export const admissionWords = ({ why, now, limit }: Admission): string => {
  switch (why) {
    case "memory":
      return `${now} % of memory is free, and nothing is started under ${limit} %`
    case "pressure":
      return `programs wait for memory ${now} % of the time, and nothing is started over ${limit} %`
    case "cap":
      return `${sessionsAre(now)} awake, and at most ${limit} may be`
    case "starts":
      return `${sessionsAre(now)} starting, as many as may at once`
  }
}

const sessionsAre = (count: number) => (count === 1 ? "1 session is" : `${count} sessions are`)
