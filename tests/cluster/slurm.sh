#!/usr/bin/env bash
# Tries 'cluster' on a real Slurm: two emulated nodes on this machine, an ingest and an experiment in job arrays. One task fails twice,
# one is killed, one node dies; what is merged must be the bytes of one machine. Needs root, and the packages slurmctld, slurmd,
# slurm-client and munge of Debian; the ingest also needs face models (FORENSICHEADS_MODELS, or shared/models beside the repository).
#   tests/cluster/slurm.sh            all; about five minutes on two free cores
#   KEEP=1 tests/cluster/slurm.sh     leaves the scratch folder
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
skip() { echo "skipped: $*"; exit 0; }
[ "$(uname)" = Linux ] || skip 'Slurm runs on Linux alone'
[ "$(id -u)" = 0 ] || skip 'the daemons of Slurm and munge start as root'
PATH=$PATH:/usr/sbin:/sbin
for tool in slurmctld slurmd sbatch squeue scontrol munged ffmpeg; do
  command -v "$tool" >/dev/null || skip "there is no $tool here (apt-get install slurmctld slurmd slurm-client munge ffmpeg)"
done
program=$here/src/ForensicHeads.Cli/bin/Release/net10.0/forensicheads.dll
[ -f "$program" ] || skip 'the program is not built; run ./forensicheads once'
fh() { dotnet "$program" "$@"; }

scratch=$(mktemp -d /tmp/fh-slurm.XXXXXX)
declare -a daemons=()
declare -A node=()
finish() {
  local code=$?
  squeue --noheader --format=%A 2>/dev/null | sort -u | xargs -r scancel 2>/dev/null
  for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null; done
  sleep 1
  for pid in "${daemons[@]}"; do kill -9 "$pid" 2>/dev/null; done
  if [ -n "${KEEP:-}" ] || [ $code != 0 ]; then echo "left: $scratch"; else rm -rf "$scratch"; fi
}
trap finish EXIT
fail() { echo "FAILED: $*"; exit 1; }
say() { echo "[$SECONDS s] $*"; }
# until CONDITION, at most SECONDS
within() {
  local most=$1 from=$SECONDS
  shift
  until "$@"; do
    [ $((SECONDS - from)) -lt "$most" ] || return 1
    sleep 1
  done
}

cd "$scratch" || exit 1
mkdir state n1 n2 munge one
chmod 700 munge
export SLURM_CONF=$scratch/slurm.conf
port=${FH_SLURM_PORT:-17610}
cat >slurm.conf <<END
ClusterName=emulated
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
SlurmctldPort=$port
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/%n.pid
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/%n
SlurmctldLogFile=$scratch/slurmctld.log
SlurmdLogFile=$scratch/%n.log
AuthType=auth/munge
AuthInfo=socket=$scratch/munge/socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=bf_interval=1,sched_min_interval=0
MpiDefault=none
ReturnToService=2
SlurmdTimeout=15
KillWait=5
MaxArraySize=4
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=1 State=UNKNOWN
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
END
head -c 1024 /dev/urandom >munge/key
chmod 400 munge/key
munged --foreground --force --key-file="$scratch/munge/key" --socket="$scratch/munge/socket" --pid-file="$scratch/munge/pid" \
  --log-file="$scratch/munge/log" --seed-file="$scratch/munge/seed" --num-threads=2 >munge/out 2>&1 &
daemons+=($!)
sleep 1
slurmctld -c -D >slurmctld.out 2>&1 &
daemons+=($!)
for name in n1 n2; do
  slurmd -D -N "$name" >"$name.out" 2>&1 &
  node[$name]=$!
  daemons+=($!)
done
both_idle() { [ "$(sinfo --noheader --Node --format=%T 2>/dev/null | grep -c '^idle$')" = 2 ]; }
within 30 both_idle || { tail -5 ./*.log ./*.out; skip 'Slurm does not start here; see the lines above'; }
say "two nodes are idle: $(sinfo --version)"

submit() { fh cluster retry "$1" >"$1.said" || { cat "$1.said"; fail "retry of $1"; }; head -1 "$1.said"; }
queue_empty() { [ -z "$(squeue --noheader 2>/dev/null)" ]; }
status() { fh cluster status "$1" >"$1.status" 2>&1; }
done_all() { status "$1"; }
# the process of a task
task_of() { pgrep -f "cluster run $1 --task $2\$"; }
runs() { [ -n "$(task_of "$1" "$2")" ] && [ -d "$1/tasks/00000$2/out" ]; }
same() {
  local differ
  differ=$(diff -rq "$1" "$2" | grep -vE '/(log\.jsonl|timings\.json|environment\.json) and |^Only in .*/work')
  [ -z "$differ" ] || fail "$2 differs from one machine's: $differ"
}

models=${FORENSICHEADS_MODELS:-$here/shared/models}
[ -d "$models" ] || models=$here/../shared/models
if [ -d "$models" ]; then
  export FORENSICHEADS_MODELS=$models
  # Heads of nobody, as videos.
  fh procedural --identities 7 --videos 1 --frames 12 --size 256 --out heads >/dev/null 2>&1 || fail 'rendering'
  mkdir png && for tar in heads/shards/*.tar; do tar -xf "$tar" -C png; done
  for person in $(find png -name '*.png' -printf '%f\n' | sed 's/-.*//' | sort -u); do
    mkdir -p "videos/$person"
    find png -name "$person-*.png" | sort | xargs cat |
      ffmpeg -v error -f image2pipe -framerate 25 -c:v png -i - -vf pad=480:360:112:52:gray -c:v mpeg4 -q:v 2 "videos/$person/a.mp4"
  done
  : >"videos/$person/empty.mp4"
  fh ingest videos --size 96 --out one/store >one/ingest.said 2>&1
  grep -q '^[1-9][0-9]* frames of ' one/ingest.said || { cat one/ingest.said; fail 'the ingest on one machine'; }
  say "one machine: $(grep ' frames of ' one/ingest.said)"
  # While the file is there, task 5 finds no models. Seven tasks in arrays of three: the offsets are tried, too.
  touch broken
  cat >site.json <<END
{ "partition": "main", "cpus": 1, "time": "00:30:00",
  "lines": ["if [ \"\$((SLURM_ARRAY_TASK_ID + \$1))\" = 5 ] && [ -e $scratch/broken ]; then",
            "export FORENSICHEADS_MODELS=/nowhere XDG_DATA_HOME=/nowhere; fi"] }
END
  fh cluster plan ingest videos --size 96 --shards 7 --out "$scratch/ingest" --result ingested/store --site site.json >/dev/null ||
    fail 'the plan of the ingest'
  for attempt in 1 2; do
    submit "$scratch/ingest"
    within 200 queue_empty || fail 'the queue of the ingest does not empty'
  done
  status "$scratch/ingest" && fail 'a task that failed is not seen'
  cat ingest.status
  grep -q '^task 5 failed 2 times: ' ingest.status || fail 'status does not name task 5, which failed twice'
  fh cluster merge "$scratch/ingest" >/dev/null 2>merge.said && fail 'a merge with a gap'
  grep -q '1 of 7 tasks of .* are not done: 5\.' merge.said || { cat merge.said; fail 'the merge does not name the gap'; }
  rm broken
  submit "$scratch/ingest"
  grep -q 'submitted 1 tasks (5)' ingest.said || fail 'retry submits more than what is missing'
  within 100 queue_empty || fail 'the queue does not empty'
  done_all "$scratch/ingest" || { cat ingest.status; fail 'retry does not mend it'; }
  fh cluster merge "$scratch/ingest" >/dev/null 2>&1
  same one/store ingested/store
  say 'ingest: 7 tasks in arrays of at most 3, one failed twice and was mended; the store is that of one machine'
else
  say 'the ingest is left out: no face models'
fi

cat >tiny.json <<'END'
{ "name": "tiny",
  "procedural": { "identities": 9, "first_identity": 20500, "videos": 2, "frames": 6, "stride": 4, "seed": 1 },
  "roles": { "train": 3, "validation": 2, "calibration": 1, "test": 3 },
  "shots": [1, 2], "driver_frames": 3, "adapt": { "updates": 25, "batch": 2 },
  "conditions": ["clean"], "detector": { "trees": 10, "rows_per_leaf": 2 }, "permutations": 200, "near_duplicates": "report" }
END
fh experiment run tiny.json --out one/report >one/experiment.said 2>&1 ||
  { tail -3 one/experiment.said; fail 'the experiment on one machine'; }
say 'one machine: the experiment'
echo '{ "partition": "main", "cpus": 1, "time": "00:30:00" }' >site.json
fh cluster plan experiment tiny.json --shards 3 --out "$scratch/experiment" --result merged/report --site site.json >/dev/null ||
  fail 'the plan of the experiment'
submit "$scratch/experiment"
within 120 runs "$scratch/experiment" 1 || fail 'task 1 does not start'
status "$scratch/experiment"
cat experiment.status
grep -q 'running' experiment.status || fail 'status sees nothing run'
kill -9 "$(task_of "$scratch/experiment" 1)"
say 'kill -9 of task 1'

# A node dies: its daemon, and all that runs under it.
on_n2() { squeue --noheader --states=R --nodelist=n2 --format=%K | head -1 | grep -q .; }
within 120 on_n2 || fail 'nothing runs on n2'
lost=$(squeue --noheader --states=R --nodelist=n2 --format=%K | head -1)
within 60 runs "$scratch/experiment" "$lost" || fail "task $lost does not start"
kill -9 "${node[n2]}"
task=$(task_of "$scratch/experiment" "$lost")
stepd=$(ps -o ppid= -p "$task" | tr -d ' ')
kill -9 "$stepd" "$task"
say "kill -9 of node n2, with task $lost"
job_waits() { [ "$(squeue --noheader --array --format='%K %t' | grep -c "^$lost PD")" = 1 ]; }
n2_down() { sinfo --noheader --nodes=n2 --format=%T | grep -q down; }
within 120 n2_down || fail 'Slurm does not miss n2'
if within 30 job_waits; then
  # Slurm lets a job wait two minutes after it lost its node.
  scontrol update "JobId=$(squeue --noheader --array --format='%F_%K %K' | awk -v k="$lost" '$2 == k { print $1; exit }')" StartTime=now
  say "Slurm queues task $lost again, on n1"
fi
within 300 queue_empty || { squeue; fail 'the queue of the experiment does not empty'; }
status "$scratch/experiment"
cat experiment.status
grep -q '^task 1 failed: ended without a word on ' experiment.status || fail 'status does not name the task that was killed'
slurmd -D -N n2 >n2.again 2>&1 &
daemons+=($!)
within 30 both_idle || say 'n2 is not back; n1 goes on alone'
submit "$scratch/experiment"
merge=$(sed -n 's/^then: sbatch \(--dependency=[^ ]*\) \(.*\)$/\1 \2/p' experiment.said)
merge_job=$(sbatch --parsable $merge) || fail 'the merge is not submitted'
within 600 queue_empty || { squeue; fail 'the queue does not empty'; }
done_all "$scratch/experiment" || { cat experiment.status; fail 'retry does not mend it'; }
grep -q "^merged: " "experiment/logs/merge-$merge_job.out" || { tail -3 "experiment/logs/merge-$merge_job.out"; fail 'the merge'; }
same one/report merged/report
say 'experiment: 3 tasks, one killed, one lost with its node; the report is that of one machine'
