// The version of this Corral, as every part of it tells it. Equal to the workspace's package.json (a test holds that).
export const version = "0.1.0"
