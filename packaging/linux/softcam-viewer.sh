#!/bin/sh
# Double-click (or run) this file to start SoftCAM Viewer; the first start sets it up.
here=$(cd "$(dirname "$0")" && pwd)
launch="$here/../launch.py"

tell() {
    echo "$1" >&2
    for say in "zenity --error --text" "kdialog --error" "xmessage" "notify-send SoftCAM"; do
        command -v "${say%% *}" >/dev/null 2>&1 && { $say "$1"; break; }
    done
    exit 1
}

command -v python3 >/dev/null 2>&1 ||
    tell "SoftCAM Viewer needs Python 3.11 or newer: install the package python3, then start again."
[ -t 1 ] && exec python3 "$launch" "$@"
exec python3 "$launch" --window "$@"
