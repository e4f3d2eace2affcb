// Whether the machine is short of memory, as the system tells it: too little is free, or programs wait for it.
import { readFileSync } from "node:fs"
import { freemem, totalmem } from "node:os"
import type { Obstacle } from "./admission-line.ts"

/** Of the last ten seconds, the share in which something waited for memory, in percent: the machine is at work on pages, not on programs. */
const mostPressurePercent = 10

/** Null: there is enough. Pressure is told by Linux only. A floor of 0: never. Takes some 0.1 ms. */
export const memoryShortage = (floorPercent: number): Obstacle | null => {
  if (floorPercent === 0) return null
  const freePercent = (100 * freemem()) / totalmem()
  if (freePercent < floorPercent) return { why: "memory", now: Math.floor(freePercent), limit: floorPercent }
  const pressure = pressurePercent()
  return pressure > mostPressurePercent ? { why: "pressure", now: Math.ceil(pressure), limit: mostPressurePercent } : null
}

const pressurePercent = (): number => {
  try {
    return Number(/^some avg10=([\d.]+)/m.exec(readFileSync("/proc/pressure/memory", "latin1"))?.[1] ?? 0)
  } catch {
    return 0
  }
}
