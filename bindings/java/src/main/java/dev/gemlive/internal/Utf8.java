package dev.gemlive.internal;

import dev.gemlive.GemliveException;
import dev.gemlive.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text on its way to C and back. */
public final class Utf8 {
    /**
     * UTF-8. Half a surrogate pair becomes the three bytes that it would have if it were a character: no valid UTF-8, so
     * the C library refuses it with its own sentence, instead of '?' being sent for it.
     */
    public static byte[] encode(String text) {
        return hasLoneSurrogate(text) ? encodeLeniently(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    /** For C functions that read up to the first NUL; null stays null. */
    public static byte[] encodeWithoutNul(String text, String argument) {
        if (text == null) {
            return null;
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new GemliveException(Status.INVALID_ARGUMENT,
                    "'" + argument + "' must not contain NUL; there is one at character " + nul);
        }
        return encode(text);
    }

    public static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (Character.isHighSurrogate(unit) && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(unit)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] encodeLeniently(String text) {
        byte[] bytes = new byte[text.length() * 3];
        int size = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (point < 0x80) {
                bytes[size++] = (byte) point;
            } else if (point < 0x800) {
                bytes[size++] = (byte) (0xC0 | point >> 6);
                bytes[size++] = (byte) (0x80 | point & 0x3F);
            } else if (point < 0x10000) {
                bytes[size++] = (byte) (0xE0 | point >> 12);
                bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
                bytes[size++] = (byte) (0x80 | point & 0x3F);
            } else {
                bytes[size++] = (byte) (0xF0 | point >> 18);
                bytes[size++] = (byte) (0x80 | point >> 12 & 0x3F);
                bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
                bytes[size++] = (byte) (0x80 | point & 0x3F);
            }
        }
        return Arrays.copyOf(bytes, size);
    }

    private Utf8() {}
}
