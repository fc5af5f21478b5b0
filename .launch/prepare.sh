# Checks the native prerequisites and, as root on Debian or Ubuntu, installs what is missing. Sourced by the launchers.
# Every step is announced in one line; nothing comes from anywhere but the system's own package sources and NuGet.

say() { printf 'forensicheads: %s\n' "$*" >&2; }

# The linker's list. ldconfig lies in /sbin, which is not on an ordinary user's path in Debian.
libraries() { PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null; }

# Reads the whole list: with pipefail, a grep -q that stops early would make a library that is there look missing.
have_library() { libraries | grep "$1" >/dev/null; }

have_sdk() { dotnet --list-sdks 2>/dev/null | grep '^10\.' >/dev/null; }

libstdcxx_is_new_enough() {
  local library
  library=$(libraries | awk '/libstdc\+\+\.so\.6 .*x86-64/ && !found {print $NF; found = 1}')
  [ -n "$library" ] && grep -aq 'GLIBCXX_3\.4\.32' "$library"
}

# The packages that are missing, one name a line.
missing_packages() {
  command -v ffmpeg >/dev/null 2>&1 && command -v ffprobe >/dev/null 2>&1 || echo ffmpeg
  have_library 'libgtk-3\.so\.0' || echo libgtk-3-0
  have_library 'libdrm\.so\.2' || echo libdrm2
  have_library 'libatomic\.so\.1' || echo libatomic1
  have_library 'libgomp\.so\.1' || echo libgomp1
}

is_debian_12() { . /etc/os-release 2>/dev/null; [ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ]; }

# The mirror that this machine's own package sources name; never one of ours.
system_mirror() {
  local uri
  uri=$(awk '/^URIs:/ {for (i = 2; i <= NF; i++) if ($i ~ /\/debian\/?$/) {print $i; exit}}' <(cat /etc/apt/sources.list.d/*.sources 2>/dev/null))
  [ -n "$uri" ] || uri=$(awk '$1 == "deb" {for (i = 2; i <= NF; i++) if ($i ~ /\/debian\/?$/) {print $i; exit}}' <(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null))
  printf '%s' "$uri"
}

trixie_commands() {
  cat <<EOF
echo 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $1 trixie main' > /etc/apt/sources.list.d/forensicheads-trixie.list
printf 'Package: *\nPin: release n=trixie\nPin-Priority: 100\n' > /etc/apt/preferences.d/forensicheads-trixie
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -t trixie libstdc++6
EOF
}

prepare() {
  if ! have_sdk; then
    say 'missing: the .NET SDK 10 (command "dotnet"; a runtime alone is not enough). Install it from your system or from Microsoft, then run this again.'
    return 1
  fi
  local packages install root=no apt=no
  [ "$(id -u)" = 0 ] && root=yes
  command -v apt-get >/dev/null 2>&1 && apt=yes
  packages=$(missing_packages | tr '\n' ' ')
  packages=${packages% }
  if [ -n "$packages" ]; then
    say "missing system packages: $packages"
    install="apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages"
    if [ "$root" = yes ] && [ "$apt" = yes ]; then
      say "installing them: apt-get install $packages"
      sh -c "$install" >/dev/null || { say "the installation failed; run by hand: $install"; return 1; }
    else
      say "not root, or no apt-get: install them yourself, for example: sudo sh -c '$install'"
      return 1
    fi
  fi
  if ! libstdcxx_is_new_enough; then
    say 'missing: libstdc++ with GLIBCXX_3.4.32 (GCC 13 or newer), which TorchSharp'"'"'s native library needs'
    if is_debian_12; then
      local mirror commands
      mirror=$(system_mirror)
      if [ -z "$mirror" ]; then
        say 'no Debian mirror found in the package sources of this machine; add Debian 13 (trixie) as a source, pinned at 100, and install libstdc++6 from it'
        return 1
      fi
      commands=$(trixie_commands "$mirror")
      if [ "$root" = yes ]; then
        say 'Debian 12: adding Debian 13 (trixie) as a package source pinned at priority 100 and installing libstdc++6 from it'
        sh -ec "$commands" >/dev/null || { say 'the installation failed; run by hand:'; printf '%s\n' "$commands" >&2; return 1; }
      else
        say 'not root: run these commands as root, then run this again:'
        printf '%s\n' "$commands" >&2
        return 1
      fi
    else
      say 'use Debian 13, Ubuntu 24.04 or newer, or install a libstdc++6 of GCC 13 or newer, then run this again'
      return 1
    fi
  fi
}
