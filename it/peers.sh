# Sourced by check, long and bench: the programs that the tests talk to.

# Installs with apt-get what is missing; says so and ends when it may not. With "bench" also what we are compared with.
install_peers() {
  local missing=() package
  have() { command -v "$1" >/dev/null 2>&1; }
  have java || missing+=(openjdk-17-jdk-headless)
  have mvn || missing+=(maven)
  { have sshd || [ -x /usr/sbin/sshd ]; } || missing+=(openssh-server)
  have ssh-keygen || missing+=(openssh-client)
  [ -x /usr/bin/chromium ] || missing+=(chromium)
  [ -x /usr/bin/python3 ] || missing+=(python3)
  /usr/bin/python3 -c 'import zmq' 2>/dev/null || missing+=(python3-zmq)
  have ps || missing+=(procps)
  have setsid || missing+=(util-linux)
  have strace || missing+=(strace)
  have systemd-analyze || missing+=(systemd)
  { have mkfs.ext4 || [ -x /usr/sbin/mkfs.ext4 ]; } || missing+=(e2fsprogs)
  { have ip || [ -x /usr/sbin/ip ]; } || missing+=(iproute2)
  have mount || missing+=(mount)
  { have slurmctld || [ -x /usr/sbin/slurmctld ]; } && { have slurmd || [ -x /usr/sbin/slurmd ]; } && have squeue ||
    missing+=(slurm-wlm)
  [ -x /usr/bin/qstat ] || missing+=(slurm-wlm-torque)
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  { have munged || [ -x /usr/sbin/munged ]; } || missing+=(munge)
  if [ "${1:-}" = bench ]; then
    /usr/bin/python3 -c 'import tornado' 2>/dev/null || missing+=(python3-tornado)
    [ -d /usr/share/nodejs/ws ] || missing+=(node-ws)
  fi
  if [ ${#missing[@]} -eq 0 ]; then
    return
  fi
  if [ "$(id -u)" -ne 0 ] || ! have apt-get; then
    echo "$0: missing here: ${missing[*]}; install them (names are Debian's), or run this as root on Debian" >&2
    exit 1
  fi
  echo "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update
  apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
}

# Prints where the page's unit tests are, if there is a node that can run them.
node_tests() {
  local major
  major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p') || return 1
  [ -n "$major" ] && [ "$major" -ge 18 ] && echo webroot/test/
}
