// Bytes for people: 0 MB, 612 MB, 1.38 GB. Number and unit apart, so a screen can dim the unit.

export interface Quantity {
  readonly number: string
  readonly unit: string
}

const mega = 1024 * 1024
const giga = 1024 * mega

export const quantityOfBytes = (bytes: number): Quantity => {
  const abs = Math.abs(bytes)
  if (abs >= 10 * giga) return { number: (bytes / giga).toFixed(1), unit: "GB" }
  if (abs >= 1000 * mega) return { number: (bytes / giga).toFixed(2), unit: "GB" }
  if (abs >= 10 * mega || bytes === 0) return { number: (bytes / mega).toFixed(0), unit: "MB" }
  if (abs >= 0.1 * mega) return { number: (bytes / mega).toFixed(1), unit: "MB" }
  return { number: (bytes / 1024).toFixed(0), unit: "kB" }
}

export const formatBytes = (bytes: number): string => {
  const { number, unit } = quantityOfBytes(bytes)
  return `${number} ${unit}`
}
