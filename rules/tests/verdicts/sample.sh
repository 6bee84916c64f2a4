#!/usr/bin/env bash
# Draws findings to be judged by reading them: `sample.sh [--per-rule] COUNT SEED CHECKOUT…`.
#
# Every finding of `cargo etiquette check --preset server` over the checkouts is ranked by a hash of the seed and its
# own text, and the first COUNT are printed (with `--per-rule`: COUNT of each rule). The same seed draws the same
# findings; another seed draws others; a finding that is gone does not disturb the rank of the rest. The command is
# the `cargo-etiquette` of $CARGO_ETIQUETTE, or else the one that cargo finds.
set -euo pipefail

per_rule=""
if [[ ${1-} == --per-rule ]]; then
    per_rule=yes
    shift
fi
if (($# < 3)); then
    printf 'usage: %s [--per-rule] COUNT SEED CHECKOUT…\n' "$0" >&2
    exit 2
fi
count=$1 seed=$2
shift 2
if ! command=$(command -v "${CARGO_ETIQUETTE:-cargo-etiquette}"); then
    printf '%s: no cargo-etiquette on the path: `cargo install --path cli`, or set CARGO_ETIQUETTE\n' "$0" >&2
    exit 2
fi

# Exit status 1 says that something is denied: no failure here.
findings() {
    local tree status=0
    for tree in "$@"; do
        (cd "$tree" && "$command" etiquette check --preset server --format short 2>/dev/null) |
            awk -v tree="$(basename "$tree")" '{ print tree "/" $0 }' || status=$?
        if ((status > 1)); then
            printf '%s: the check could not run\n' "$tree" >&2
            return 1
        fi
        status=0
    done
}

findings "$@" |
    while IFS= read -r line; do
        printf '%s %s\n' "$(printf '%s %s' "$seed" "$line" | md5sum | cut -c 1-32)" "$line"
    done |
    LC_ALL=C sort |
    awk -v count="$count" -v per_rule="$per_rule" '{
        rank = $1
        sub(/^[^ ]+ /, "")
        match($0, /(deny|warn)[a-z]*\[[a-z_]+\]/)
        rule = per_rule == "" ? "all" : substr($0, RSTART, RLENGTH)
        if (taken[rule]++ < count) print
    }'
