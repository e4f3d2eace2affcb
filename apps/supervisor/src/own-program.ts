// How this program is started again: as what its watcher becomes, and for a look at the whole machine.
export const ownProgram: readonly string[] = [process.execPath, ...process.execArgv, process.argv[1] ?? ""]
