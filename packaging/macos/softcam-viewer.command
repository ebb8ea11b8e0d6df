#!/bin/sh
# Double-click this file to start SoftCAM Viewer; the first start sets it up in this window.
here=$(cd "$(dirname "$0")" && pwd)
for python in python3.14 python3.13 python3.12 python3.11 python3; do
    command -v "$python" >/dev/null 2>&1 && break
done
"$python" "$here/../launch.py" "$@" && exit 0
echo
printf 'Press Enter to close. '
read -r _
