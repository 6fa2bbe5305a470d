#!/bin/sh
# Makes .venv/bin/hx, a Helix to test with. Debian 13 has it as a package and Debian 12 has not; so
# the package is unpacked beside the C library that it was built for, and nothing is installed.
set -eu
keys=/usr/share/keyrings/debian-archive-keyring.gpg
root="$PWD/.venv/helix"

if ! command -v apt-get >/dev/null || [ ! -f "$keys" ]; then
    echo "Helix can be fetched on Debian only; elsewhere, put hx on the path" >&2
    exit 1
fi

# Apt's own lists and sources stay as they are.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work" # apt downloads as a user of its own
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/packages"
echo "deb [signed-by=$keys] http://deb.debian.org/debian trixie main" >"$work/sources.list"
trixie() {
    apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" "$@"
}
[ "$(id -u)" != 0 ] || chown _apt "$work/packages"
trixie update
(cd "$work/packages" && trixie download hx libc6 libgcc-s1)

rm -rf "$root"
for package in "$work/packages"/*.deb; do
    dpkg-deb -x "$package" "$root"
done
loader=$(echo "$root"/usr/lib/*/ld-linux-*)
cat >.venv/bin/hx <<EOF
#!/bin/sh
export HELIX_RUNTIME="$root/usr/lib/hx/runtime"
exec "$loader" --library-path "$(dirname "$loader")" "$root/usr/lib/hx/hx" "\$@"
EOF
chmod +x .venv/bin/hx
.venv/bin/hx --version
