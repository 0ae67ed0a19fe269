# Shared by the scripts beside it. Source it; it moves to the top of the work tree.
# shellcheck shell=bash

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

has() { command -v "$1" >/dev/null 2>&1; }
has cargo || PATH="$PATH:$HOME/.cargo/bin"

# Where installed tools and downloaded packages are kept from one run to the next.
# shellcheck disable=SC2034
cache="${XDG_CACHE_HOME:-$HOME/.cache}/taphuan"

say() { printf '\n── %s\n' "$*"; }
die() {
    printf '%s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif has sudo; then
        sudo "$@"
    else
        die "This needs root to run: $*"
    fi
}

# apt_install WHY PACKAGE… – Debian's packages, after one update of their list.
apt_updated=no
apt_install() {
    local why=$1
    shift
    has apt-get || die "$why is missing, and this is no Debian: install $* or what your system calls them."
    say "Installing $why ($*)"
    if [ "$apt_updated" = no ]; then
        as_root apt-get update -qq || die "apt-get update failed: $why cannot be installed."
        apt_updated=yes
    fi
    local said
    said="$(as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" 2>&1)" ||
        die "$said"$'\n'"apt-get could not install $*: $why is missing."
}

# Rust, a C compiler for the embedded database, and the browser's target.
need_rust() {
    has cargo || die "cargo is missing: install Rust with rustup, then run this again."
    cargo --version >/dev/null 2>&1 || die "cargo does not start: run 'rustup default stable', then try again."
    has cc || apt_install "a C compiler" gcc libc6-dev
    if [ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
        has rustup || die "rustup is missing, and with it the Rust target wasm32-unknown-unknown: install rustup, then run this again."
        rustup target add wasm32-unknown-unknown ||
            die "rustup could not add the target wasm32-unknown-unknown: is there a network?"
    fi
    # The server reads assets from here, and only if it was there when the server was compiled.
    mkdir -p target/site
}

# rustfmt and clippy, which a minimal rustup leaves out.
need_linters() {
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt || die "rustfmt is missing: rustup component add rustfmt"
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy || die "clippy is missing: rustup component add clippy"
}

# Where cargo builds: CARGO_TARGET_DIR, a setting of cargo's, or ./target.
target_dir() {
    cargo metadata --format-version 1 --no-deps --offline 2>/dev/null |
        sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p'
}
