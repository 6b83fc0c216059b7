# SPDX-License-Identifier: Apache-2.0
"""Samba's own words for the owner and access list that its file server keeps of a file: get FILE, set FILE SDDL, or canonical SDDL."""

import sys

from samba import ntacls, param
from samba.auth import system_session
from samba.dcerpc import security

LOCAL = "S-1-5-21-1-2-3"

configuration = param.LoadParm()
verb, subject = sys.argv[1:3]
if verb == "canonical":
    print(security.descriptor.from_sddl(subject, security.dom_sid(LOCAL)).as_sddl())
elif verb == "set":
    ntacls.setntacl(
        configuration, subject, sys.argv[3], LOCAL, system_session(), "native", None, use_ntvfs=True
    )
else:
    kept = ntacls.getntacl(configuration, subject, system_session(), "native", direct_db_access=True)
    print(kept.as_sddl())
