// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Records as bytes: component after component, in the order in which they are declared. */
final class RecordCodec {
    private RecordCodec() {}

    static byte[] write(Record value) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            writeRecord(out, value);
        } catch (IOException e) {
            throw new IllegalStateException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    static <R extends Record> R read(byte[] bytes, Class<R> type) throws IOException {
        return readRecord(new DataInputStream(new ByteArrayInputStream(bytes)), type);
    }

    private static void writeRecord(DataOutputStream out, Record value) throws IOException {
        for (var component : value.getClass().getRecordComponents()) {
            writeValue(out, component.getGenericType(), get(component, value));
        }
    }

    private static void writeValue(DataOutputStream out, Type type, Object value) throws IOException {
        if (type instanceof ParameterizedType list) {
            var elements = (List<?>) value;
            out.writeInt(elements.size());
            for (var element : elements) {
                writeValue(out, list.getActualTypeArguments()[0], element);
            }
        } else if (value instanceof Integer number) {
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeLong(number);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Record nested) {
            writeRecord(out, nested);
        } else {
            out.writeBoolean(value != null);
            if (value != null) {
                out.writeUTF(value.toString());
            }
        }
    }

    private static <R extends Record> R readRecord(DataInputStream in, Class<R> type) throws IOException {
        var components = type.getRecordComponents();
        var values = new Object[components.length];
        for (var i = 0; i < components.length; i++) {
            values[i] = readValue(in, components[i].getGenericType());
        }
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type.getSimpleName(), e);
        }
    }

    private static Object readValue(DataInputStream in, Type type) throws IOException {
        if (type instanceof ParameterizedType list) {
            var elements = new ArrayList<>();
            for (var left = in.readInt(); left > 0; left--) {
                elements.add(readValue(in, list.getActualTypeArguments()[0]));
            }
            return elements;
        }
        if (type == int.class) {
            return in.readInt();
        }
        if (type == long.class) {
            return in.readLong();
        }
        if (type == boolean.class) {
            return in.readBoolean();
        }
        var asClass = (Class<?>) type;
        return asClass.isRecord() ? readRecord(in, asClass.asSubclass(Record.class)) : readText(in, asClass);
    }

    @SuppressWarnings("unchecked")
    private static Object readText(DataInputStream in, Class<?> type) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        var text = in.readUTF();
        if (type == UUID.class) {
            return UUID.fromString(text);
        }
        if (type == LocalDateTime.class) {
            return LocalDateTime.parse(text);
        }
        return type.isEnum() ? Enum.valueOf(type.asSubclass(Enum.class), text) : text;
    }

    private static Object get(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component.getName(), e);
        }
    }
}
