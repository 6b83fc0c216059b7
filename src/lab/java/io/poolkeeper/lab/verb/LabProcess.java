// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

import io.poolkeeper.lab.Lab;
import io.poolkeeper.lab.LabOptions;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** The process of a lab in the background: runs until it is told to stop. Its output is the lab's log. */
public final class LabProcess {
    private LabProcess() {}

    /** Folder, edition, seed and scale. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var options = new LabOptions(
                Path.of(args[0]),
                Edition.valueOf(args[1]),
                Long.parseLong(args[2]),
                new Scale(Double.parseDouble(args[3])));
        System.out.println(Instant.now() + " starting " + options);
        var lab = Lab.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            lab.close();
            System.out.println(Instant.now() + " stopped");
        }));
        System.out.println(Instant.now() + " ready");
        new CountDownLatch(1).await();
    }
}
