# Init of a pid namespace in which a number that is free is soon given to somebody else: perl numbers.pl MOST COMMAND...
# Starts the command, then does what each line on stdin says and answers with a line. It ends with its stdin, and the namespace with it.
# MOST: how many numbers there are, so that they go round; 0: the next one is set by hand.
use strict;
use warnings;
use Config;
use Errno qw(ESRCH);
use POSIX qw(WNOHANG);

# Numbers below are given out once, and never again.
my $reserved     = 300;
my $first_set    = 5000;
# So far before a number the next ones are, when they are to be near it.
my $near         = 60;
my $most_rounds  = 4;
my $patience     = 10;
my $look_seconds = 0.005;

my ($most, @command) = @ARGV;
my $tries = ($most || 1000) * $most_rounds;
my @bystanders;
my $noted = join "|", qw(KILL STOP CHLD CLD ZERO NUM\d+ RT\w+);
my @signals = grep { !/^(?:$noted)$/ } split " ", $Config{sig_name};

$| = 1;
if ($most) {
    put("pid_max", $most);
    for (;;) { last if passing() > $reserved }
} else {
    put("ns_last_pid", $first_set);
}
my $started = fork // die "numbers.pl: $!\n";
if ($started == 0) {
    open STDIN, "<", "/dev/null" or die "numbers.pl: $!\n";
    open STDOUT, ">", "/dev/null" or die "numbers.pl: $!\n";
    exec @command or die "numbers.pl: $command[0]: $!\n";
}

my %deeds = (
    "give"   => \&give,
    "end"    => sub { kill "KILL", $_[0]; left($_[0]) },
    "near"   => \&near,
    "pause"  => sub { kill "STOP", $started; "paused" },
    "resume" => sub { kill "CONT", $started; "resumed" },
    "harmed" => sub { join(", ", map { harm($_) } @bystanders) || "nobody" },
);
while (my $line = <STDIN>) {
    my ($deed, @with) = split " ", $line;
    print(($deeds{$deed} // sub { "unknown" })->(@with), "\n");
}

# The numbers have gone round, and will soon come by this one.
sub near {
    my ($number) = @_;
    my $from = $number - $near;
    put("ns_last_pid", $from) if !$most;
    # Those right after the reserved ones come first of all in a round.
    $from = $most + $from - $reserved if $most && $from < $reserved;
    for (1 .. $tries) {
        my $ahead = $from - passing();
        return "near" if $ahead <= 0 && $ahead > -$near / 2;
        collect();
    }
    return "not near";
}

# A bystander under this number. Each kind stands in another relation to it.
sub give {
    my ($number, $kind) = @_;
    my @pipes = map { pipe(my $read, my $write) or die "numbers.pl: $!\n"; [$read, $write] } ($kind eq "sitter" ? (1, 2) : 1);
    for (1 .. $tries) {
        collect();
        put("ns_last_pid", $number - 1) if !$most;
        my $pid = fork // next;
        if ($pid == 0) {
            POSIX::_exit(0) if $$ != $number;
            close $_->{from} for @bystanders;
            close $_->[0] for @pipes;
            become($kind, map { $_->[1] } @pipes);
        }
        if ($pid != $number) { waitpid $pid, 0; next }
        close $_->[1] for @pipes;
        for my $pipe (@pipes) {
            sysread($pipe->[0], my $here, 1) or return "lost";
            push @bystanders, { as => "$kind $number", from => $pipe->[0] };
        }
        waitpid $pid, 0 if $kind eq "orphan";
        return "given";
    }
    return "not given";
}

sub become {
    my ($kind, $own, $childs) = @_;
    setpgrp(0, 0) if $kind eq "group";
    POSIX::setsid() if $kind =~ /^(session|sitter|orphan)$/;
    stand($own) if $kind !~ /^(sitter|orphan)$/;
    my $child = fork // POSIX::_exit(1);
    if ($kind eq "orphan") { $child == 0 ? stand($own) : POSIX::_exit(0) }
    if ($child == 0) { close $own; stand($childs) }
    close $childs;
    stand($own);
}

# Only this process holds its pipe, so the pipe's end is its own.
sub stand {
    my ($pipe) = @_;
    for my $name (@signals) { $SIG{$name} = sub { syswrite $pipe, "$name " } }
    syswrite $pipe, "!";
    sleep 900 for 1 .. 1000;
    POSIX::_exit(0);
}

# What a bystander has noted, or that it has ended.
sub harm {
    my ($bystander) = @_;
    vec(my $look = "", fileno $bystander->{from}, 1) = 1;
    return if !select $look, undef, undef, 0;
    my $got = sysread $bystander->{from}, my $said, 4096;
    return "$bystander->{as}: " . ($got ? $said : "ended");
}

sub left {
    my ($number) = @_;
    for (1 .. $patience / $look_seconds) {
        collect();
        return "left" if !kill(0, $number) && $! == ESRCH;
        select undef, undef, undef, $look_seconds;
    }
    return "still there";
}

# Whose parent left is ours, and keeps its number until it is collected.
sub collect { 1 while waitpid(-1, WNOHANG) > 0 }

sub passing {
    my $pid = fork // die "numbers.pl: $!\n";
    POSIX::_exit(0) if $pid == 0;
    waitpid $pid, 0;
    return $pid;
}

sub put {
    my ($name, $value) = @_;
    open my $file, ">", "/proc/sys/kernel/$name" or die "numbers.pl: $name: $!\n";
    print {$file} $value;
    close $file or die "numbers.pl: $name: $!\n";
}
