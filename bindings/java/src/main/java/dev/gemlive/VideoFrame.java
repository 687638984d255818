package dev.gemlive;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A raw frame of a camera, a screen or a texture, where it lies. Direct buffers are read where they are, arrays are copied once more.
 * Nothing of it is kept after {@link LiveSession#pushVideo}.
 */
public final class VideoFrame {
    private static final int MOST_PLANES = 3;

    final PixelFormat format;
    final int width;
    final int height;
    final ByteBuffer[] planes;
    final int[] strides = new int[MOST_PLANES];
    int rotation;

    private VideoFrame(PixelFormat format, int width, int height, ByteBuffer... planes) {
        this.format = Objects.requireNonNull(format, "format");
        this.width = width;
        this.height = height;
        if (planes.length < 1 || planes.length > MOST_PLANES) {
            throw new IllegalArgumentException("a frame has 1 to 3 planes, not " + planes.length);
        }
        this.planes = new ByteBuffer[MOST_PLANES];
        for (int i = 0; i < planes.length; ++i) {
            Objects.requireNonNull(planes[i], "planes");
            if (!planes[i].isDirect() && !planes[i].hasArray()) {
                throw new IllegalArgumentException("a plane is a direct buffer, or one of an array that may be written");
            }
            this.planes[i] = planes[i];
        }
    }

    /**
     * A frame of buffers, each from its position to its limit.
     *
     * @param width pixels, 1 to 16,384
     * @param height pixels, 1 to 16,384
     * @param planes those of the format; or one in which all lie one behind the other
     */
    public static VideoFrame of(PixelFormat format, int width, int height, ByteBuffer... planes) {
        return new VideoFrame(format, width, height, planes);
    }

    /** A frame that is an array: all planes one behind the other. */
    public static VideoFrame of(PixelFormat format, int width, int height, byte[] bytes) {
        return new VideoFrame(format, width, height, ByteBuffer.wrap(Objects.requireNonNull(bytes, "bytes")));
    }

    /**
     * How far it is from a row to the next, in bytes, for each plane. Negative: the rows lie from the bottom up. 0, as at first: without
     * gaps.
     */
    public VideoFrame strides(int... strides) {
        if (strides.length > MOST_PLANES) {
            throw new IllegalArgumentException("a frame has 1 to 3 planes, not " + strides.length);
        }
        System.arraycopy(strides, 0, this.strides, 0, strides.length);
        return this;
    }

    /** By how much it is to be turned clockwise to be upright: 0, 90, 180 or 270. */
    public VideoFrame rotation(int degrees) {
        rotation = degrees;
        return this;
    }

    /** The memory of a plane as C takes it: a direct buffer or an array. */
    Object memory(int plane) {
        ByteBuffer buffer = planes[plane];
        return buffer == null ? null : buffer.isDirect() ? buffer : buffer.array();
    }

    int offset(int plane) {
        ByteBuffer buffer = planes[plane];
        return buffer == null ? 0 : buffer.position() + (buffer.isDirect() ? 0 : buffer.arrayOffset());
    }

    int size(int plane) {
        return planes[plane] == null ? 0 : planes[plane].remaining();
    }
}
