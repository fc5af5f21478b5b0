#!/usr/bin/env bash
# Reads many small clips into a store: rate, peak memory, and how soon an ingest goes on that was ended by kill -9. The store of the run
# that was ended must be that of the one that was not, to the byte. Needs ffmpeg, the face models, and the program built.
#   tests/ForensicHeads.Benchmarks/Stores/clips.sh [CLIPS]     default 10000: hours; 100 show whether it works
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
clips=${1:-10000}
program=$here/src/ForensicHeads.Cli/bin/Release/net10.0/forensicheads.dll
[ -f "$program" ] || { echo 'the program is not built; run ./forensicheads once'; exit 2; }
models=${FORENSICHEADS_MODELS:-$here/shared/models}
[ -d "$models" ] || models=$here/../shared/models
export FORENSICHEADS_MODELS=$models
scratch=$(mktemp -d "${TMPDIR:-/tmp}/fh-ingest.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
fail() { echo "FAILED: $*"; exit 1; }
cd "$scratch" || exit 1

# Twenty rendered heads, each in many files that differ in a title: every file is read and cut out, and rendering takes no time.
dotnet "$program" procedural --identities 20 --videos 1 --frames 12 --size 256 --out heads >/dev/null 2>&1 || fail 'rendering'
mkdir png base && for tar in heads/shards/*.tar; do tar -xf "$tar" -C png; done
for person in $(find png -name '*.png' -printf '%f\n' | sed 's/-.*//' | sort -u); do
  find png -name "$person-*.png" | sort | xargs cat |
    ffmpeg -v error -f image2pipe -framerate 25 -c:v png -i - -vf pad=480:360:112:52:gray -c:v mpeg4 -q:v 2 "base/$person.mp4"
done
bases=(base/*.mp4)
for ((i = 0; i < clips; i++)); do
  from=${bases[i % ${#bases[@]}]}
  person=$(basename "$from" .mp4)
  mkdir -p "videos/$person"
  ffmpeg -v error -i "$from" -c copy -metadata title="$i" "videos/$person/$(printf %06d "$i").mp4" </dev/null
done
echo "$clips clips of 12 frames, $(du -sm videos | cut -f1) MB"

spooled() { find "$1/store.ingest" -name '*.json' 2>/dev/null | wc -l; }
peak() { awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$1/status" 2>/dev/null; }
# Runs an ingest in the background; its process is in $pid.
start() {
  mkdir -p "$1"
  dotnet "$program" ingest videos --size 96 --out "$1/store" >"$1/said" 2>&1 &
  pid=$!
}

began=$(date +%s.%N)
start whole
quarter=1
high=0
while kill -0 $pid 2>/dev/null; do
  now=$(peak $pid) && [ -n "$now" ] && high=$now
  if [ "$quarter" -lt 4 ] && [ "$(spooled whole)" -ge $((clips * quarter / 4)) ]; then
    echo "$quarter/4 of the clips: peak $high MiB"
    quarter=$((quarter + 1))
  fi
  sleep 0.5
done
wait $pid || { tail -3 whole/said; fail 'the ingest'; }
ended=$(date +%s.%N)
grep ' frames of ' whole/said
awk -v a="$began" -v b="$ended" -v n="$clips" -v m="$high" \
  'BEGIN { printf "whole: %.1f s, %.2f clips/s, %.1f frames/s, peak %d MiB\n", b - a, n / (b - a), 12 * n / (b - a), m }'

start again
until [ "$(spooled again)" -ge $((clips / 2)) ]; do kill -0 $pid 2>/dev/null || fail 'it ended too soon'; sleep 0.1; done
kill -9 $pid
wait $pid 2>/dev/null
kept=$(spooled again)
began=$(date +%s.%N)
start again
until [ "$(spooled again)" -gt "$kept" ] || ! kill -0 $pid 2>/dev/null; do sleep 0.05; done
next=$(date +%s.%N)
wait $pid || { tail -3 again/said; fail 'the ingest after kill -9'; }
ended=$(date +%s.%N)
awk -v a="$began" -v b="$next" -v c="$ended" -v n="$kept" \
  'BEGIN { printf "kill -9 after %d clips: the next is done %.1f s after the new start, all of them after %.1f s\n", n, b - a, c - a }'
diff -r whole/store again/store >/dev/null || fail 'the stores differ'
echo 'the store is that of the run that was not ended, to the byte'
