# Processes that are hard to find or to end, one kind a call: perl zoo.pl KIND. All end by themselves; hoppers sooner than the rest.
# Perl, because every Debian has it and nothing has to be compiled. Nothing is printed.
use strict;
use warnings;
use POSIX ();

my $resting_seconds = 900;
my $hopping_seconds = 60;
my $hop_seconds     = 0.002;
my $set_dumpable    = 4;

my $kind = shift @ARGV // "plain";
my %kinds = (
    "plain"        => sub { },
    "own-session"  => sub { POSIX::setsid() },
    "deaf-to-term" => sub { $SIG{$_} = "IGNORE" for qw(TERM INT HUP) },
    "daemon"       => sub { daemonise() },
    # No environment, no parent, a session of its own: only what cannot be shed still marks it.
    "daemon-without-environment" => sub { daemonise(); %ENV = (); exec $^X, $0, "deaf-to-term" },
    # A long name written over the arguments and the environment.
    "renamed"      => sub { $0 = "t" x 2000 },
    "non-dumpable" => sub { eval { syscall(prctl(), $set_dumpable, 0, 0, 0, 0) } },
    # Forks and leaves its place to the child, again and again: a list of processes is old before it is read.
    "hopper"             => sub { hop(0) },
    "own-session-hopper" => sub { hop(1) },
    # The parent leaves; the child stays in its group.
    "orphan" => sub { leave_it_to_the_child() },
);

($kinds{$kind} // die "zoo.pl: no kind called $kind\n")->();
rest();

sub rest {
    alarm $resting_seconds;
    sleep $resting_seconds while 1;
}

sub daemonise {
    leave_it_to_the_child();
    POSIX::setsid();
    leave_it_to_the_child();
}

sub leave_it_to_the_child {
    my $child = fork // die "zoo.pl: cannot fork: $!\n";
    POSIX::_exit(0) if $child;
}

sub hop {
    my ($with_own_session) = @_;
    my $end = time + $hopping_seconds;
    while (time < $end) {
        select undef, undef, undef, $hop_seconds;
        my $child = fork;
        next if !defined $child;
        POSIX::_exit(0) if $child;
        POSIX::setsid() if $with_own_session;
    }
    POSIX::_exit(0);
}

sub prctl {
    my (undef, undef, undef, undef, $machine) = POSIX::uname();
    return $machine eq "aarch64" ? 167 : 157;
}
