#!/usr/bin/env bash
# Print the path of a Python 3.10 that really runs: $PYTHON, else python3.10, uv's, pyenv's, or one that uv can fetch.
set -u

works() { [ -n "${1:-}" ] && [ "$("$1" -c 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = 3.10 ]; }
# A shim of pyenv answers only where its version is active; the interpreter behind it always does.
real() { "$1" -c 'import sys; print(sys.executable)'; }

if [ -n "${PYTHON:-}" ]; then
    if works "$PYTHON"; then real "$PYTHON"; exit 0; fi
    echo "PYTHON=$PYTHON is not a working Python 3.10. Give the path of one, for instance: PYTHON=/usr/bin/python3.10 make start" >&2
    exit 1
fi
candidates() {
    command -v python3.10
    command -v uv >/dev/null && uv python find --no-python-downloads 3.10 2>/dev/null
    ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python3.10 2>/dev/null | sort -rV
}
while IFS= read -r candidate; do
    if works "$candidate"; then real "$candidate"; exit 0; fi
done < <(candidates)
if command -v uv >/dev/null && uv python install 3.10 >/dev/null 2>&1; then
    fetched=$(uv python find 3.10 2>/dev/null)
    if works "$fetched"; then real "$fetched"; exit 0; fi
fi
echo "No Python 3.10 found. Install it (Debian/Ubuntu: apt install python3.10 python3.10-venv; any system: pip install uv && uv python install 3.10), or name it: PYTHON=/path/to/python3.10 make start" >&2
exit 1
