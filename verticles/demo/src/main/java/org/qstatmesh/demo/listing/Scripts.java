package org.qstatmesh.demo.listing;

/** The commands, in POSIX sh. */
final class Scripts {
  static final String BEGINNING =
      """
      #!/bin/sh
      # Prints what a simulated cluster's scheduler would; written anew at each start of the demo.
      version=@VERSION@
      cd @DIR@ || exit 1
      hang() { [ ! -e hang ] || exec sleep 3600; }
      list() { hang; exec cat "$1"; }
      refuse() { echo "${0##*/}: the demo does not know: $*" >&2; exit 1; }
      unknown() { echo "qstat: Unknown Job Id $1" >&2; exit 153; }
      """;

  /** The id is looked for with and without the server's name, as qstat does. */
  static final String TORQUE_QSTAT =
      """
      one() {
        hang
        JOB=$1 awk 'BEGIN { RS = "<Job>"; id = "<Job_Id>" ENVIRON["JOB"] }
          index($0, id "</Job_Id>") == 1 || index($0, id ".") == 1 {
            sub(/<\\/Data>.*/, "")
            printf "<?xml version=\\"1.0\\"?>\\n<Data><Job>%s</Data>\\n", $0
            found = 1
            exit
          }
          END { exit !found }' jobs || unknown "$1"
      }
      case "$*" in
        --version) echo "Version: $version"; echo "Commit: simulated" ;;
        "-B -f") list server ;;
        "-Q -f") list queues ;;
        "-f -x -t") list jobs ;;
        "-x "[0-9]*) one "$2" ;;
        *) refuse "$@" ;;
      esac
      """;

  static final String OPENPBS_QSTAT =
      """
      one() {
        hang
        JOB=$1 awk 'BEGIN { id = "Job Id: " ENVIRON["JOB"] }
          index($0, id "|") == 1 || index($0, id ".") == 1 { print; found = 1; exit }
          END { exit !found }' jobs || unknown "$1"
      }
      case "$*" in
        --version) echo "pbs_version = $version" ;;
        -Bf) list server ;;
        -Qf) list queues ;;
        "-f -F dsv") list jobs ;;
        "-f -F dsv "[0-9]*) one "$4" ;;
        *) refuse "$@" ;;
      esac
      """;

  static final String TORQUE_PBSNODES =
      """
      case "$*" in
        -x) list nodes ;;
        *) refuse "$@" ;;
      esac
      """;

  static final String OPENPBS_PBSNODES =
      """
      case "$*" in
        "-av -F dsv") list nodes ;;
        *) refuse "$@" ;;
      esac
      """;

  private Scripts() {}
}
