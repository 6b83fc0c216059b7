// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldersTest {
    private final Folders folders = new Folders(Map.of(
            "C:\\backup",
            Path.of("/lab/backup"),
            "C:\\backup\\deep\\",
            Path.of("/lab/deep"),
            "\\\\nas\\ocs",
            Path.of("/lab/nas")));

    @ParameterizedTest
    @CsvSource({
        "C:\\backup\\rtc.bak, /lab/backup/rtc.bak",
        "c:/BACKUP/sub/rtc.bak, /lab/backup/sub/rtc.bak",
        "C:\\backup\\deep\\x, /lab/deep/x",
        "\\\\NAS\\ocs\\x.bak, /lab/nas/x.bak",
        "C:\\backup, /lab/backup"
    })
    void findsTheRealPlace(String server, String real) {
        assertThat(folders.resolve(server)).contains(Path.of(real));
    }

    @ParameterizedTest
    @ValueSource(strings = {"D:\\x.bak", "C:\\backups\\x.bak", "x.bak", "C:\\backup\\..\\x.bak", ""})
    void knowsNoOtherPlace(String server) {
        assertThat(folders.resolve(server)).isEmpty();
    }
}
