package dev.gemlive;

/**
 * How the pixels of a {@link VideoFrame} lie in memory. The names say the order of the bytes: {@code RGBA} has red first. The YUV
 * formats are BT.601 of limited range; {@code I420}, {@code NV12} and {@code NV21} have one colour for each block of 2 x 2 pixels.
 */
public enum PixelFormat {
    RGBA(1),
    BGRA(2),
    ARGB(3),
    ABGR(4),
    RGB24(5),
    BGR24(6),
    /** Three planes: Y, U, V. */
    I420(7),
    /** Two planes: Y; U and V in turns. */
    NV12(8),
    /** Two planes: Y; V and U in turns. What Android's camera gave for long. */
    NV21(9),
    /** One plane: Y U Y V for two pixels. */
    YUY2(10);

    final int number;

    PixelFormat(int number) {
        this.number = number;
    }
}
