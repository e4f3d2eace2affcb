// Only the supervisor starts and signals processes. The named exceptions start Corral's own programs, never an agent.

const modules = ["node:child_process", "child_process", "node:cluster", "cluster", "node-pty", "execa", "effect/process"]
const allowed = [
  /\/apps\/supervisor\//,
  /\/apps\/practice\//, // it is an agent: running commands is what it is for
  /\/apps\/server\/src\/supervisor\/connect\.ts$/, // a missing supervisor
  /\/apps\/cli\/src\/launch\.ts$/, // the server, a browser
  /\/apps\/cli\/bin\//, // a newer Node for the CLI itself
  /\/scripts\//,
  /\/tests\//,
  /\.test\.tsx?$/,
]

export const processes = {
  create(context) {
    if (allowed.some((path) => path.test(context.filename))) return {}
    const check = (node) => {
      const target = node.source?.value
      if (modules.some((name) => target === name || target?.startsWith?.(`${name}/`))) {
        context.report({ node, message: `${target}: processes are started by the supervisor alone` })
      }
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      MemberExpression(node) {
        if (node.object.name === "process" && node.property.name === "kill") {
          context.report({ node, message: "process.kill: processes are signalled by the supervisor alone" })
        }
      },
    }
  },
}
