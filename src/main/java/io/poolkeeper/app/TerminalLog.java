// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import org.slf4j.Logger;

/**
 * What reaches the terminal: errors alone. A coordinator adds a file in its state folder ({@link LogFile}). Found by logback
 * as a service; Java instead of logback.xml, because reading XML costs a tenth of the time of a short verb.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class TerminalLog extends ContextAwareBase implements Configurator {
    private static final Map<String, Level> LEVELS = Map.of(
            "io.poolkeeper", Level.INFO,
            "org.apache.camel", Level.INFO,
            // it would say every second that a trigger file waits for the broker, which TriggerFolder says once
            "org.apache.camel.component.file.GenericFileOnCompletion", Level.ERROR,
            "org.apache.activemq", Level.WARN,
            "com.zaxxer.hikari", Level.WARN,
            "org.flywaydb", Level.ERROR,
            "com.networknt", Level.ERROR,
            "com.hierynomus", Level.OFF); // what it would say of a lost connection is in the fault

    /** Called by logback's service loader. */
    public TerminalLog() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(stderr(context));
        LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %logger{0}: %msg%n%nopex");
        encoder.start();
        var errors = new ThresholdFilter();
        errors.setLevel(Level.ERROR.levelStr);
        errors.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.addFilter(errors);
        appender.start();
        return appender;
    }
}
