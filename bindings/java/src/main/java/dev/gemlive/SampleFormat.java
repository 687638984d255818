package dev.gemlive;

/** What a sample in bytes is. More than one byte is in the machine's order ({@link java.nio.ByteOrder#nativeOrder}). */
public enum SampleFormat {
    /** 16 bits. */
    S16(1, 2),
    /** 32 bits; samples of 24 are in the upper ones. */
    S32(2, 4),
    /** A float from -1 to 1; beyond is clipped, NaN is silence. */
    F32(3, 4),
    /** 8 bits, silent at 128. */
    U8(4, 1),
    /** G.711 of North America and Japan: audio/PCMU. */
    MULAW(5, 1),
    /** G.711 elsewhere: audio/PCMA. */
    ALAW(6, 1);

    final int number;
    final int bytes;

    SampleFormat(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }
}
