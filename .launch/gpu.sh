# Chooses the build: for the CPU, or one of the two for NVIDIA cards (docs/gpu.md). Sourced by ./forensicheads, after prepare.sh.

# Whether NVIDIA's driver is here: its tool sees a card, and its library is found.
has_card() {
  command -v nvidia-smi >/dev/null 2>&1 && nvidia-smi -L 2>/dev/null | grep '^GPU ' >/dev/null || return 1
  local folder
  for folder in ${LD_LIBRARY_PATH//:/ }; do [ -e "$folder/libcuda.so.1" ] && return 0; done
  have_library 'libcuda\.so\.1'
}

# Whether FORENSICHEADS_LIBTORCH names a folder with a libtorch for cards.
has_libtorch() {
  local file
  for file in libc10.so libtorch_cpu.so libtorch_cuda.so libtorch.so; do [ -f "${FORENSICHEADS_LIBTORCH:-}/$file" ] || return 1; done
}

cli=$here/src/ForensicHeads.Cli
program_of() { printf '%s' "$cli/bin/${1:+gpu-$1/}Release/net10.0/forensicheads.dll"; }
stamp_of() { printf '%s' "$cli/obj/launcher${1:+-$1}.stamp"; }

is_built() {
  [ -f "$(program_of "$1")" ] && [ -f "$(stamp_of "$1")" ] &&
    [ -z "$(find "$here/src" "$here/Directory.Build.props" "$here/Directory.Build.targets" "$here/Directory.Packages.props" \( -name bin -o -name obj \) -prune -o -type f -newer "$(stamp_of "$1")" -print -quit)" ]
}

# Builds a flavour where a source is newer than its last build: '' for the CPU, packages, true.
build() {
  is_built "$1" && return 0
  say "building${1:+ for NVIDIA cards} (the first time takes a minute or two)"
  dotnet build "$cli/ForensicHeads.Cli.csproj" -c Release -v quiet --nologo ${1:+"-p:Gpu=$1"} >&2 || return 1
  mkdir -p "$cli/obj" && touch "$(stamp_of "$1")"
}

# The packages for cards are some gigabytes; a day after they could not be had they are asked for again.
has_packages() {
  is_built packages && return 0
  local failed=$cli/obj/launcher-packages.failed
  [ -n "$(find "$failed" -mtime -1 -print 2>/dev/null)" ] && [ "${FORENSICHEADS_GPU:-}" != 1 ] && return 1
  dotnet restore "$cli/ForensicHeads.Cli.csproj" -v quiet --nologo -p:Gpu=packages >/dev/null 2>&1 && { rm -f "$failed"; return 0; }
  mkdir -p "$cli/obj" && touch "$failed"
  return 1
}

# Sets flavour; says in a line what is missing where there is a card and the CPU is taken.
choose_flavour() {
  flavour=''
  case ${FORENSICHEADS_GPU:-} in
    '') has_card || return 0 ;;
    0) return 0 ;;
    1) ;;
    *) say "FORENSICHEADS_GPU is '$FORENSICHEADS_GPU'; it may be 0 (the CPU) or 1 (NVIDIA cards)."; return 1 ;;
  esac
  if has_packages; then flavour=packages; return 0; fi
  if has_libtorch; then flavour=true; return 0; fi
  local missing='the packages of libtorch for CUDA could not be had, and FORENSICHEADS_LIBTORCH names no folder with libtorch_cuda (docs/gpu.md)'
  if [ "${FORENSICHEADS_GPU:-}" = 1 ]; then say "FORENSICHEADS_GPU is 1, but $missing."; return 1; fi
  say "an NVIDIA card is here and is not used: $missing. FORENSICHEADS_GPU=0 silences this."
}
