# Runs "$@" until it ends or standard input does, whichever comes first, and then removes the directory $1 (if not empty).
# Standard input is a pipe from the test binary: it ends when that process ends, however it ends. Signals of the terminal are left to it.
trap '' INT HUP TERM
home=$1
shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -9 $server; } >/dev/null 2>&1 &
watcher=$!
exec 3<&- >/dev/null 2>&1 # whoever read what this prints may be gone by the time it ends
wait $server
kill -9 $watcher 2>/dev/null
[ -z "$home" ] || rm -rf "$home"
