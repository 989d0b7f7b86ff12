# Reads programs (a JSON list of texts), runs each as the body of a function of ($n, $s), and prints what each gives:
# ["gives", text], ["undef"], ["warns", message] or ["dies", message], as a JSON list.
use strict;
use warnings;
use JSON::PP;
use List::Util qw(min max sum sum0 product uniq);
use POSIX qw(floor ceil round);

my $coder = JSON::PP->new->utf8->allow_nonref;
local $/;
my @results;
for my $program (@{ $coder->decode(<STDIN>) }) {
    my $warning;
    local $SIG{__WARN__} = sub { $warning //= $_[0] };
    local $SIG{ALRM} = sub { die "too long\n" };
    alarm 2;
    my $value = eval "use utf8; use strict; use warnings; use feature 'unicode_strings'; sub { my (\$n, \$s) = \@_; $program }->('5', 'text')";
    my $fault = $@;
    alarm 0;
    push @results, $fault ? ["dies", "$fault"] : defined $warning ? ["warns", $warning]
        : defined $value ? ["gives", "$value"] : ["undef"];
}
print $coder->encode(\@results);
