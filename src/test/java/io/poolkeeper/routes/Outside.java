// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.jms.JmsConstants;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * Stands in for a component that talks to the outside (jms, timer, smtp, https, jdbc): writes what is sent into the
 * test's story, and hands a route what the test says that came.
 */
final class Outside extends DefaultComponent {
    private final List<String> story;
    private final Map<String, Processor> answers;
    private final Map<String, DefaultConsumer> consumers = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();

    /**
     * What was sent.
     *
     * @param to the name of the queue, {@code topic:} and the name of the topic, or what else follows the component
     * @param options the endpoint's parameters
     */
    record Sent(String to, Object body, Map<String, Object> headers, Map<String, Object> options) {}

    /**
     * A stand-in.
     *
     * @param story gets the line {@code to <destination>} for all that is sent
     * @param answers what happens then, by destination; nothing for those that are not there
     */
    Outside(List<String> story, Map<String, Processor> answers) {
        this.story = story;
        this.answers = answers;
    }

    /** All that was sent, in order. */
    List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** What was sent to one destination. */
    List<Sent> sent(String to) {
        return sent.stream().filter(message -> message.to().equals(to)).toList();
    }

    /** The bodies that were sent to one destination. */
    List<String> bodies(String to) {
        return sent(to).stream().map(message -> String.valueOf(message.body())).toList();
    }

    /**
     * Something comes in, and the route that waits for it runs to its end.
     *
     * @throws Exception what the route did not handle; over JMS the message would come again
     */
    Exchange deliver(String from, Object body, Map<String, Object> headers) throws Exception {
        var consumer = consumers.get(from);
        if (consumer == null) {
            throw new AssertionError("no route waits for " + from + "; there are " + consumers.keySet());
        }
        var exchange = consumer.getEndpoint().createExchange();
        exchange.getIn().setBody(body);
        exchange.getIn().setHeaders(new HashMap<>(headers));
        consumer.createUoW(exchange);
        try {
            consumer.getProcessor().process(exchange);
        } finally {
            consumer.doneUoW(exchange);
        }
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var options = Map.copyOf(parameters);
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        send(destination(remaining, exchange), exchange, options);
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                var consumer = new DefaultConsumer(this, processor);
                consumers.put(remaining, consumer);
                return consumer;
            }
        };
    }

    /** As with JMS, a header names the destination where the URI does not. */
    private static String destination(String remaining, Exchange exchange) {
        var name = exchange.getMessage().getHeader(JmsConstants.JMS_DESTINATION_NAME, String.class);
        var destination = exchange.getMessage().getHeader(JmsConstants.JMS_DESTINATION);
        if (destination != null) {
            return destination.toString();
        }
        return name == null ? remaining.replaceFirst("^queue:", "") : name;
    }

    private void send(String to, Exchange exchange, Map<String, Object> options) throws Exception {
        var message = exchange.getMessage();
        story.add("to " + to);
        sent.add(new Sent(to, message.getBody(), new HashMap<>(message.getHeaders()), options));
        var answer = answers.get(to);
        if (answer != null) {
            answer.process(exchange);
        }
    }
}
