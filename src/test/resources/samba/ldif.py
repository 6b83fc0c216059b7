# SPDX-License-Identifier: Apache-2.0
"""Reads a file of LDIF with the reader of Samba's database, puts every entry into a scratch database, and searches that.

    ldif.py FILE SCRATCH

Prints how many entries were found and how many values they have. The readers of ldbadd and ldbsearch are the same but for
security identifiers: those tools want them as text, in which no LDAP server sends them.
"""

import sys

import ldb

with open(sys.argv[1], encoding="ascii") as file:
    text = file.read()
scratch = ldb.Ldb("tdb://" + sys.argv[2], flags=ldb.FLG_NOSYNC)
scratch.transaction_start()
for _, message in scratch.parse_ldif(text):
    scratch.add(message)
scratch.transaction_commit()
found = scratch.search(base="", scope=ldb.SCOPE_SUBTREE, expression="(dn=*)")
values = sum(len(entry[name]) for entry in found for name in entry.keys() if name not in ("dn", "distinguishedName"))
print(len(found), values)
