// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import io.poolkeeper.lab.model.Domain;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A self-relative security descriptor ([MS-DTYP] 2.4.6): owner and group are Domain Admins, who have full control;
 * authenticated users may read.
 */
final class SecurityDescriptor {
    private static final int DOMAIN_ADMINS = 512;
    private static final int FULL_CONTROL = 0x000F01FF;
    private static final int GENERIC_READ = 0x00020094;
    private static final short SELF_RELATIVE_WITH_DACL = (short) 0x8004;
    private static final byte[] AUTHENTICATED_USERS = {1, 1, 0, 0, 0, 0, 0, 5, 11, 0, 0, 0};
    private static final int HEADER = 20;
    private static final int ACL_HEADER = 8;
    private static final int ACE_HEADER = 8;

    private SecurityDescriptor() {}

    static byte[] of(Domain domain) {
        var admins = domain.account(DOMAIN_ADMINS).bytes();
        var aclSize = ACL_HEADER + ACE_HEADER + admins.length + ACE_HEADER + AUTHENTICATED_USERS.length;
        var bytes = ByteBuffer.allocate(HEADER + 2 * admins.length + aclSize).order(ByteOrder.LITTLE_ENDIAN);
        var owner = HEADER + aclSize;
        bytes.put((byte) 1).put((byte) 0).putShort(SELF_RELATIVE_WITH_DACL);
        bytes.putInt(owner).putInt(owner + admins.length).putInt(0).putInt(HEADER);
        bytes.put((byte) 2)
                .put((byte) 0)
                .putShort((short) aclSize)
                .putShort((short) 2)
                .putShort((short) 0);
        allow(bytes, FULL_CONTROL, admins);
        allow(bytes, GENERIC_READ, AUTHENTICATED_USERS);
        return bytes.put(admins).put(admins).array();
    }

    private static void allow(ByteBuffer bytes, int mask, byte[] sid) {
        bytes.put((byte) 0)
                .put((byte) 2)
                .putShort((short) (ACE_HEADER + sid.length))
                .putInt(mask)
                .put(sid);
    }
}
