// Ways in which a command leaves something behind that its parent cannot find any more, as shell text that comes back at once.
// With the kinds of zoo.pl there are some thirty; one whose program this machine does not have is left out.
import { existsSync } from "node:fs"
import { hoppingKinds, restingKinds, zooShell } from "../agents/zoo.ts"

export interface Escape {
  readonly name: string
  readonly shell: string
  /** Without this program it cannot be tried. */
  readonly needs?: string
}

/** As many as one session can show at once without waiting long for them. */
export const escapesPerRound = 6

const quiet = "</dev/null >/dev/null 2>&1"
const node = process.execPath
const detached = `require('child_process').spawn('sleep',['913'],{detached:true,stdio:'ignore'}).unref()`
const python = "import os,time; os.fork() and os._exit(0); os.setsid(); os.fork() and os._exit(0); time.sleep(900)"
/** Two that start each other anew, for a minute at most. */
const pair = `sub mind { my $end=time+60; while(time<$end){ my $k=fork; unless($k){ sleep 60; exit } waitpid $k,0 } } fork; mind()`

const byShell: readonly Escape[] = [
  { name: "nohup", shell: `nohup sleep 901 ${quiet} &` },
  { name: "disown", shell: `bash -c 'sleep 902 ${quiet} & disown'`, needs: "/bin/bash" },
  { name: "job control", shell: `bash -mc 'sleep 903 ${quiet} &'`, needs: "/bin/bash" },
  { name: "setsid in the background", shell: `setsid sleep 904 ${quiet} &` },
  { name: "setsid that forks", shell: `setsid -f sleep 905 ${quiet}` },
  { name: "double fork", shell: `(sleep 906 ${quiet} &)` },
  { name: "triple fork", shell: `sh -c '(sh -c "(sleep 907 ${quiet} &)" &)'` },
  { name: "no environment", shell: `env -i /bin/sleep 908 ${quiet} &` },
  { name: "no environment, own session", shell: `env -i setsid -f /bin/sleep 909 ${quiet}` },
  { name: "no environment, double fork, own session", shell: `(env -i setsid -f /bin/sleep 910 ${quiet} &)` },
  { name: "another name", shell: `bash -c 'exec -a innocent sleep 911' ${quiet} &`, needs: "/bin/bash" },
  { name: "a terminal of its own", shell: `script -qec 'sleep 912' /dev/null ${quiet} &`, needs: "/usr/bin/script" },
  { name: "a detached child of node", shell: `'${node}' -e "${detached}" ${quiet}` },
  { name: "a daemon of python", shell: `/usr/bin/python3 -c '${python}' ${quiet}`, needs: "/usr/bin/python3" },
  { name: "a user namespace", shell: `unshare -U sleep 915 ${quiet} &`, needs: "/usr/bin/unshare" },
  { name: "a pid namespace", shell: `unshare -Upf sleep 916 ${quiet} &`, needs: "/usr/bin/unshare" },
  { name: "stopped", shell: `sh -c 'kill -STOP $$; sleep 918' ${quiet} &` },
  { name: "nice", shell: `nice -n 19 sleep 920 ${quiet} &` },
  { name: "a pipeline", shell: `sh -c 'sleep 921 | sleep 921' ${quiet} &` },
  { name: "a chain", shell: `sh -c 'sh -c "sh -c \\"sleep 922; :\\"; :"; :' ${quiet} &` },
  { name: "many", shell: `for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 923 ${quiet} & done` },
  { name: "a pair that starts each other", shell: `perl -e '${pair}' ${quiet} &` },
  { name: "a tmux server", shell: `tmux -L corral-chaos-$$ -f /dev/null new-session -d 'sleep 925' ${quiet}`, needs: "/usr/bin/tmux" },
  { name: "an ssh agent", shell: `ssh-agent -a "$PWD/agent-$$.sock" ${quiet}`, needs: "/usr/bin/ssh-agent" },
  { name: "one that chats", shell: `sh -c 'while :; do echo x; sleep 0.02; done' ${quiet} &` },
  { name: "no input or output at all", shell: `sh -c 'exec <&- >&- 2>&-; sleep 928' &` },
]

export const escapes: readonly Escape[] = [
  ...byShell.filter(({ needs }) => needs === undefined || existsSync(needs)),
  ...[...restingKinds, ...hoppingKinds].map((kind) => ({ name: kind, shell: zooShell([kind]) })),
]

export const isHopping = (name: string): boolean => hoppingKinds.some((kind) => kind === name)

/** One line of shell. Without the semicolon a command in the foreground would take the next one for its arguments. */
export const inARow = (chosen: readonly Escape[]): string =>
  chosen.map(({ shell }) => (shell.endsWith("&") ? shell : `${shell};`)).join(" ")
