# Reads programs (a JSON list of texts), runs each as the body of a function of ($n, $s), as `print` would call it, and
# prints what each gives: ["gives", text], ["undef"], ["warns", message, text] or ["dies", message], as a JSON list.
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
    my @values = eval "use utf8; use strict; use warnings; use feature 'unicode_strings'; sub { my (\$n, \$s) = \@_; $program }->('5', 'text')";
    my $fault = $@;
    alarm 0;
    my $undefined = @values == 1 && !defined $values[0];
    my $text = join '', map { $_ // '' } $fault ? () : @values;
    ($warning, $text) = ('this is no text of Unicode', '') if $text =~ /[^\0-\x{d7ff}\x{e000}-\x{10ffff}]/;
    push @results, $fault ? ["dies", "$fault"] : defined $warning ? ["warns", $warning, $text]
        : $undefined ? ["undef"] : ["gives", "$text"];
}
print $coder->encode(\@results);
