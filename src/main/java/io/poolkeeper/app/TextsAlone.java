// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.apache.activemq.command.ActiveMQMessage;
import org.springframework.jms.support.converter.MessageConverter;

/**
 * Reads text and bytes of bounded length, and of all else only what it is. Left to themselves Camel and JMS would unpack
 * what somebody else packed, or throw where no route can catch it: then the broker gives the message out again for ever, and
 * nothing behind it is ever read.
 */
final class TextsAlone implements MessageConverter {
    /**
     * A body that was not looked into.
     *
     * @param what it is, in words
     */
    record Unread(String what) {
        @Override
        public String toString() {
            return "(" + what + ")";
        }
    }

    @Override
    public Object fromMessage(Message message) throws JMSException {
        if (message instanceof ActiveMQMessage packed && packed.isCompressed()) {
            return new Unread("a compressed message"); // a short one may unpack to gigabytes; nobody here packs
        }
        if (message instanceof TextMessage text) {
            var body = text.getText();
            return body == null ? new Unread("a text message without text") : body;
        }
        return message instanceof BytesMessage bytes ? read(bytes) : new Unread(kind(message));
    }

    private static Object read(BytesMessage message) throws JMSException {
        if (message.getBodyLength() > Messages.LONGEST) {
            return new Unread(message.getBodyLength() + " bytes");
        }
        var bytes = new byte[(int) message.getBodyLength()];
        message.readBytes(bytes);
        return bytes;
    }

    /** The interface of JMS, such as {@code ObjectMessage}. */
    private static String kind(Message message) {
        return message.getClass().getSimpleName().replaceFirst("^ActiveMQ", "");
    }

    @Override
    public Message toMessage(Object body, Session session) throws JMSException {
        if (body instanceof byte[] bytes) {
            var message = session.createBytesMessage();
            message.writeBytes(bytes);
            return message;
        }
        return session.createTextMessage(body.toString());
    }
}
