// Windows is refused: without a job object of our own nothing could be proved there, and an unproved promise is worse than none.

export const whyNotWindows =
  "Corral cannot contain processes on Windows yet: a process that leaves its parent there cannot be found again. Use WSL 2, where Corral runs as on Linux."
