// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hierynomus.msdtyp.FileTime;
import com.hierynomus.mssmb2.SMB2MessageCommandCode;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.protocol.commons.buffer.Buffer;
import com.hierynomus.smbj.common.SMBRuntimeException;
import io.poolkeeper.site.SecretRef;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Addresses, accounts, links, times and refusals of file servers. */
class SmbWordsTest {
    private static final SecretRef SECRET = new SecretRef.InEnvironment("NOT_SET_ANYWHERE");
    private static final SmbAddress ADDRESS = SmbAddress.of("smb://files/updates");

    @Test
    void readsAddresses() {
        assertThat(ADDRESS).isEqualTo(new SmbAddress("files", 445, "updates", ""));
        assertThat(SmbAddress.of("smb://files.ocs.lab:4450/OCS data$/a b/c/"))
                .isEqualTo(new SmbAddress("files.ocs.lab", 4450, "OCS data$", "a b/c"))
                .hasToString("smb://files.ocs.lab:4450/OCS data$/a b/c");
        assertThat(SmbAddress.of("smb://[fe80::1]/s")).isEqualTo(new SmbAddress("fe80::1", 445, "s", ""));
        assertThat(SmbAddress.of("smb://h/s/f").at("x/y")).isEqualTo("f\\x\\y");
        assertThat(SmbAddress.of("smb://h/s/f").at("")).isEqualTo("f");
        assertThatThrownBy(() -> SmbAddress.of("smb://host")).isInstanceOf(PermanentFault.class);
    }

    @Test
    void splitsAccounts() {
        assertThat(SmbLogin.of("OCSLAB\\backup", SECRET)).isEqualTo(new SmbLogin("backup", "OCSLAB", SECRET));
        assertThat(SmbLogin.of("backup@ocs.lab", SECRET)).isEqualTo(new SmbLogin("backup", "ocs.lab", SECRET));
        assertThat(SmbLogin.of("backup", SECRET)).isEqualTo(new SmbLogin("backup", "", SECRET));
    }

    @Test
    void saysWhichPasswordIsMissing() {
        assertThatThrownBy(() -> SmbLogin.of("OCSLAB\\backup", SECRET).resolve())
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("OCSLAB\\backup")
                .hasMessageContaining("NOT_SET_ANYWHERE is not set");
    }

    @Test
    void readsLinksAndNeverTakesPackedFilesForThem() {
        assertThat(ReparsePoint.of(link(0xA000000C, 12, "\\??\\C:\\there", "C:\\there")))
                .isEqualTo(new ReparsePoint(0xA000000C, "C:\\there"));
        assertThat(ReparsePoint.of(link(0xA0000003, 8, "\\??\\D:\\", "")).target())
                .isEqualTo("\\??\\D:\\");
        assertThat(ReparsePoint.of(link(0xA0000003, 8, "", "")).isLink()).isTrue();
        assertThat(ReparsePoint.of(link(0x80000013, 8, "", ""))).matches(packed -> !packed.isLink());
        assertThatThrownBy(() -> ReparsePoint.of(new byte[3])).isInstanceOf(IllegalArgumentException.class);
        var cut = link(0xA000000C, 12, "a", "b");
        cut[14] = 100;
        assertThatThrownBy(() -> ReparsePoint.of(cut)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] link(int tag, int head, String system, String printed) {
        var names = (system + printed).getBytes(StandardCharsets.UTF_16LE);
        return ByteBuffer.allocate(8 + head + names.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(tag)
                .putShort((short) (head + names.length))
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) (2 * system.length()))
                .putShort((short) (2 * system.length()))
                .putShort((short) (2 * printed.length()))
                .position(8 + head)
                .put(names)
                .array();
    }

    @Test
    void readsATimeToItsLastDigit() {
        assertThat(SmbFacts.instant(new FileTime(129_198_620_961_234_567L)))
                .isEqualTo(Instant.parse("2010-06-01T10:34:56.1234567Z"));
        assertThat(SmbFacts.instant(new FileTime(0))).isEqualTo(Instant.parse("1601-01-01T00:00:00Z"));
    }

    @Test
    void countsStreamsButNotTheContent() {
        assertThat(AlternateStreams.count(new byte[0])).isZero();
        assertThat(AlternateStreams.count(streams("::$DATA"))).isZero();
        assertThat(AlternateStreams.count(streams("::$DATA", ":mark:$DATA", ":b:$DATA")))
                .isEqualTo(2);
        assertThat(AlternateStreams.count(new byte[] {1, 0, 0})).isZero();
    }

    private static byte[] streams(String... names) {
        var out = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        for (var i = 0; i < names.length; i++) {
            var name = names[i].getBytes(StandardCharsets.UTF_16LE);
            out.putInt(i == names.length - 1 ? 0 : 24 + name.length).putInt(name.length);
            out.putLong(0).putLong(0).put(name);
        }
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void tellsALostConnectionFromARefusal() {
        assertThat(SmbFaults.isLost(new SMBRuntimeException(new SocketException("reset"))))
                .isTrue();
        assertThat(SmbFaults.isLost(new SMBRuntimeException(new TimeoutException())))
                .isTrue();
        assertThat(SmbFaults.isLost(said(0xC0000203L))).isTrue();
        assertThat(SmbFaults.isLost(said(NtStatuses.SHARING_VIOLATION))).isFalse();
        assertThat(SmbFaults.isLost(new SMBRuntimeException("DiskShare has already been closed")))
                .isTrue();
        assertThat(SmbFaults.isLost(new SMBRuntimeException(new Buffer.BufferException("Underflow"))))
                .isFalse();
        assertThatThrownBy(() -> SmbFaults.isLost(new SMBRuntimeException(new InterruptedException())))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void saysWhatAFileServerRefused() {
        assertThat(text(NtStatuses.ACCESS_DENIED)).isEqualTo("access denied (STATUS_ACCESS_DENIED)");
        assertThat(text(0xC0000034L)).isEqualTo("is not there (STATUS_OBJECT_NAME_NOT_FOUND)");
        assertThat(text(NtStatuses.SHARING_VIOLATION))
                .isEqualTo("is locked by whoever has it open (STATUS_SHARING_VIOLATION)");
        assertThat(text(NtStatuses.FILE_LOCK_CONFLICT)).contains("is locked");
        assertThat(text(NtStatuses.PATH_NOT_COVERED)).contains("DFS link");
        assertThat(text(0xC0009999L)).isEqualTo("the file server refused it (status 0xC0009999)");
        assertThat(Faults.isDamage(SmbFaults.of("f", said(NtStatuses.ACCESS_DENIED))))
                .isFalse();
    }

    private static String text(long status) {
        return Faults.text(SmbFaults.of("f", said(status)));
    }

    @Test
    void sortsRefusedLogonsIntoTheTwoFaults() {
        var login = SmbLogin.of("OCS\\u", SECRET);

        assertThat(SmbFaults.logon(ADDRESS, login, said(0xC0000234L)))
                .isInstanceOf(PermanentFault.class)
                .hasMessage("files refused OCS\\u (STATUS_ACCOUNT_LOCKED_OUT)");
        assertThat(SmbFaults.logon(ADDRESS, login, said(0xC000005EL))).isInstanceOf(TransientFault.class);
        assertThat(SmbFaults.share(ADDRESS, login, said(0xC00000CCL))).isInstanceOf(PermanentFault.class);
        assertThat(SmbFaults.root(ADDRESS, login, new IOException("x"))).isInstanceOf(TransientFault.class);
    }

    private static SMBApiException said(long status) {
        return new SMBApiException(status, SMB2MessageCommandCode.SMB2_CREATE, "said", null);
    }
}
