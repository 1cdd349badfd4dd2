#!/bin/sh
# Installs the system packages of a list, of system-packages.txt without one, that are missing.
# As root on Debian it installs them; otherwise it prints the one command to run.
set -eu
list="${1:-$(dirname "$0")/system-packages.txt}"
command -v dpkg-query >/dev/null 2>&1 || {
    echo "Not a Debian system: please install the equivalents of these packages yourself:" >&2
    grep -v '^#' "$list" >&2
    exit 0
}
missing=""
for package in $(grep -v '^#' "$list"); do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ]; then
    echo "Some system packages are missing. Please run:" >&2
    echo "    sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
# A refresh of the index can fail for a moment; the installed index may still do.
for attempt in 1 2 3; do
    apt-get -q update && break
    echo "apt-get update failed (attempt $attempt)" >&2
done
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends $missing
