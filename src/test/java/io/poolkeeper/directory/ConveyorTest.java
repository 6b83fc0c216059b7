// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConveyorTest {
    private final AtomicReference<Thread> writer = new AtomicReference<>();

    @Test
    void writesAllInOrder() {
        var written = new ArrayList<Integer>();
        try (var conveyor = conveyor(written)) {
            IntStream.range(0, 1000).forEach(conveyor::put);
            conveyor.finish();
        }

        assertThat(written).isEqualTo(IntStream.range(0, 1000).boxed().toList());
        assertThat(writer.get().isAlive()).isFalse();
    }

    @Test
    void stopsTheReaderWhenTheWriterFailsAndLeavesNoThread() {
        assertThatThrownBy(() -> {
                    try (var conveyor = new Conveyor<Integer>(2, one -> {
                        writer.set(Thread.currentThread());
                        throw new IllegalStateException("disk full");
                    })) {
                        while (true) {
                            conveyor.put(1);
                        }
                    }
                })
                .hasMessage("disk full");

        assertThat(writer.get().isAlive()).isFalse();
    }

    @Test
    void failsWithAnErrorOfTheWriterThatNobodyExpects() {
        assertThatThrownBy(() -> {
                    try (var conveyor = new Conveyor<Integer>(2, one -> {
                        throw new OutOfMemoryError("so many values");
                    })) {
                        IntStream.range(0, 100).forEach(conveyor::put);
                        conveyor.finish();
                    }
                })
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("so many values");
    }

    @Test
    void writesNoMoreWhenTheReaderFails() {
        var written = new ArrayList<Integer>();
        assertThatThrownBy(() -> {
                    try (var conveyor = conveyor(written)) {
                        conveyor.put(1);
                        throw new IllegalStateException("connection lost");
                    }
                })
                .hasMessage("connection lost");

        assertThat(written.size()).isLessThanOrEqualTo(1);
        assertThat(writer.get() == null || !writer.get().isAlive()).isTrue();
    }

    private Conveyor<Integer> conveyor(List<Integer> written) {
        return new Conveyor<>(2, one -> {
            writer.set(Thread.currentThread());
            written.add(one);
        });
    }
}
