// The version of this install, as `--version` and the server tell it.
export const version = "0.1.0"
