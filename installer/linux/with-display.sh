#!/bin/sh
# Runs a command on a virtual screen of 1366x768 with a window manager, and takes both down again.
set -eu
display=""
for number in 91 92 93 94 95 96 97 98 99; do
    [ -e "/tmp/.X11-unix/X$number" ] || [ -e "/tmp/.X$number-lock" ] || { display=":$number"; break; }
done
[ -n "$display" ] || { echo "no free X display" >&2; exit 1; }
Xvfb "$display" -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill "${manager:-}" "$server" 2>/dev/null || true' EXIT INT TERM
waited=0
while [ ! -e "/tmp/.X11-unix/X${display#:}" ]; do
    waited=$((waited + 1))
    [ "$waited" -lt 100 ] || { echo "Xvfb did not start" >&2; exit 1; }
    sleep 0.1
done
DISPLAY="$display" openbox >/dev/null 2>&1 &
manager=$!
DISPLAY="$display" "$@"
