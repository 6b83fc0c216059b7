// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import io.poolkeeper.set.Disk;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log file of a coordinator, in its state folder: five files of 10 MB. */
final class LogFile {
    private static final String NAME = "state";

    private LogFile() {}

    static void in(Path folder) {
        try {
            Disk.createFolders(folder);
        } catch (IOException e) {
            throw new NotStarted("the log folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return; // another logging library was put on the class path; it knows where to write
        }
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAppender(NAME);
        root.addAppender(appender(context, folder));
    }

    private static RollingFileAppender<ILoggingEvent> appender(LoggerContext context, Path folder) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level [%thread] %logger{20} - %msg%n");
        encoder.start();
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName(NAME);
        appender.setFile(folder.resolve("poolkeeper.log").toString());
        appender.setEncoder(encoder);
        var rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(folder.resolve("poolkeeper.%i.log").toString());
        rolling.setMinIndex(1);
        rolling.setMaxIndex(4);
        rolling.start();
        var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        trigger.setContext(context);
        trigger.setMaxFileSize(FileSize.valueOf("10MB"));
        trigger.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        appender.start();
        return appender;
    }
}
