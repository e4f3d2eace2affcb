// A number with its noun: 1 session, 2 sessions, 3 processes.
export const counted = (count: number, noun: string, plural = `${noun}s`): string => `${count} ${count === 1 ? noun : plural}`
