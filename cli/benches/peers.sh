#!/usr/bin/env bash
# How fast `cargo etiquette check` is beside other checkers, over the same checkouts in one run:
# `peers.sh [RUNS] CHECKOUT…`, RUNS being 5 unless said.
#
# Each tool checks every checkout RUNS times, the tools taking turns; its best run counts. Lines are those of every
# `.rs` file outside `target/`. Processor time is what all threads used together, so it says something on a machine
# that does other work too. The tools are looked for on the path, and left out with a word when they are not there:
# cargo-etiquette (or $CARGO_ETIQUETTE), cargo-perf, cargo-async-doctor.
set -euo pipefail

runs=5
if [[ ${1-} =~ ^[0-9]+$ ]]; then
    runs=$1
    shift
fi
if (($# == 0)); then
    printf 'usage: %s [RUNS] CHECKOUT…\n' "$0" >&2
    exit 2
fi
trees=("$@")

etiquette() { "${CARGO_ETIQUETTE:-cargo-etiquette}" etiquette check --preset server --format short; }
perf() { cargo-perf check .; }
async_doctor() { cargo-async-doctor async-doctor --workspace; }

program_of() {
    case $1 in
    etiquette) printf '%s' "${CARGO_ETIQUETTE:-cargo-etiquette}" ;;
    perf) printf 'cargo-perf' ;;
    async_doctor) printf 'cargo-async-doctor' ;;
    esac
}

tools=()
for tool in etiquette perf async_doctor; do
    if command -v "$(program_of "$tool")" >/dev/null; then
        tools+=("$tool")
    else
        printf '%s is not installed: left out\n' "$(program_of "$tool")" >&2
    fi
done

lines=0
for tree in "${trees[@]}"; do
    of_tree=$(find "$tree" -name target -prune -o -name '*.rs' -type f -print0 | xargs -0 cat | wc -l)
    lines=$((lines + of_tree))
done

# Wall and processor seconds of one tool over one checkout. Findings make a tool end with 1: no failure here.
measure() {
    local tool=$1 tree=$2 status=0 TIMEFORMAT='%R %U %S'
    exec 3>&1
    { time (cd "$tree" && "$tool" >/dev/null 2>"$complaints") || status=$?; } 2>&3
    if ((status > 1)) || grep --quiet '^error: ' "$complaints"; then
        printf '%s could not check %s: %s\n' "$tool" "$tree" "$(head -1 "$complaints")" >&2
    fi
}

# A checkout may name a toolchain that is not here; none of the tools compiles anything.
export RUSTUP_TOOLCHAIN=${RUSTUP_TOOLCHAIN:-stable}

results=$(mktemp)
complaints=$(mktemp)
trap 'rm -f "$results" "$complaints"' EXIT
for ((run = 1; run <= runs; run++)); do
    for tree in "${trees[@]}"; do
        for tool in "${tools[@]}"; do
            printf '%s %s %s\n' "$tool" "$tree" "$(measure "$tool" "$tree")" >>"$results"
        done
    done
done

# The best run of each tool on each checkout, added up.
awk -v lines="$lines" '
    {
        key = $1 " " $2; cpu = $4 + $5; tool[$1] = 1
        if (!(key in wall) || $3 < wall[key]) wall[key] = $3
        if (!(key in used) || cpu < used[key]) used[key] = cpu
    }
    END {
        for (key in wall) { split(key, part, " "); total[part[1]] += wall[key]; busy[part[1]] += used[key] }
        printf "%d lines\n%-14s %9s %9s %14s %18s %12s %12s\n", lines, "tool", "wall s", "cpu s",
            "lines/s", "lines/cpu second", "wall ratio", "cpu ratio"
        n = split("etiquette perf async_doctor", order, " ")
        for (i = 1; i <= n; i++) {
            name = order[i]
            if (!(name in tool)) continue
            printf "%-14s %9.2f %9.2f %14.0f %18.0f %12.2f %12.2f\n", name, total[name], busy[name],
                lines / total[name], lines / busy[name],
                total[name] / total["etiquette"], busy[name] / busy["etiquette"]
        }
    }
' "$results"
