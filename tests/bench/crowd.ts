// A machine with many processes that do nothing, none of them Corral's. They end when told to, at the latest after ten minutes.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"

/** One process that forks the others, and ends exactly them when its input ends. */
const program = String.raw`
$| = 1;
my @kids;
for (1 .. $ARGV[0]) {
  my $kid = fork;
  die "fork: $!" unless defined $kid;
  if (!$kid) { close STDIN; close STDOUT; sleep 600; exit }
  push @kids, $kid;
}
print "ready\n";
my $rest = <STDIN>;
kill "KILL", @kids;
waitpid $_, 0 for @kids;
`

/** Resolves when all are there; gives how to end them. */
export const gather = async (count: number): Promise<() => Promise<void>> => {
  const child = spawn("perl", ["-e", program, String(count)], { stdio: ["pipe", "pipe", "inherit"] })
  const exited = once(child, "exit")
  await once(createInterface({ input: child.stdout }), "line")
  return async () => {
    child.stdin.end()
    await exited
  }
}
