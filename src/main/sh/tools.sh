# Finds or installs what the launcher and ./verify need. Sourced by both; POSIX shell.

say() { printf '%s\n' "poolkeeper: $*" >&2; }

# missing_packages WORD... : each WORD is command:package; prints the packages whose command is not there.
missing_packages() {
    for pair in "$@"; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || printf '%s ' "${pair#*:}"
    done
}

# install_packages PACKAGE... : says what it installs, then does it; needs Debian and root.
install_packages() {
    [ $# -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
        say "missing: $*. HINT: install these Debian packages (or their like) as root, then run this again"
        return 1
    fi
    say "installing Debian packages: $*"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

# install_idle_packages PACKAGE... : the same, but no service that comes with them is started. A policy that the machine has
# for that is left alone.
install_idle_packages() {
    [ $# -gt 0 ] || return 0
    policy=/usr/sbin/policy-rc.d
    if [ -e "$policy" ] || [ "$(id -u)" != 0 ]; then
        install_packages "$@"
        return
    fi
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
    install_packages "$@" || { rm -f "$policy"; return 1; }
    rm -f "$policy"
    trap - EXIT
}

# install_node_modules FROM TO : says that it installs what FROM/package-lock.json lists into TO/node_modules, then does it,
# unless it is there.
install_node_modules() {
    if cmp -s "$1/package-lock.json" "$2/package-lock.json" && [ -d "$2/node_modules" ]; then
        return 0
    fi
    say "installing npm packages into $2: $(sed -n '/"dependencies"/s/.*{ *\(.*[^ ]\) *}.*/\1/p' "$1/package.json"), and what they need"
    rm -rf "$2"
    mkdir -p "$2"
    cp "$1/package.json" "$1/package-lock.json" "$2"
    (cd "$2" && npm ci --ignore-scripts --no-audit --no-fund >&2) || { rm -rf "$2"; return 1; }
}

# java_is_new_enough : whether `java` is there and at least 17.
java_is_new_enough() {
    version=$("${JAVA_HOME:+$JAVA_HOME/bin/}java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')
    [ "${version%%.*}" -ge 17 ] 2>/dev/null
}

# use_utf8 : Java takes the encoding of file names from the locale.
use_utf8() {
    [ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8
}
