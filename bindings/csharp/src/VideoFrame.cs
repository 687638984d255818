using System;

namespace Gemlive
{
    /// <summary>
    /// How the pixels of a frame lie in memory. The names say the order of the bytes: Rgba has red first. The YUV formats are BT.601 of
    /// limited range; I420, Nv12 and Nv21 have one colour for each block of 2 x 2 pixels.
    /// </summary>
    public enum PixelFormat
    {
        /// <summary>Red, green, blue, alpha.</summary>
        Rgba = 1,
        /// <summary>Blue, green, red, alpha.</summary>
        Bgra = 2,
        /// <summary>Alpha, red, green, blue.</summary>
        Argb = 3,
        /// <summary>Alpha, blue, green, red.</summary>
        Abgr = 4,
        /// <summary>Red, green, blue.</summary>
        Rgb24 = 5,
        /// <summary>Blue, green, red.</summary>
        Bgr24 = 6,
        /// <summary>Three planes: Y, U, V.</summary>
        I420 = 7,
        /// <summary>Two planes: Y; U and V in turns.</summary>
        Nv12 = 8,
        /// <summary>Two planes: Y; V and U in turns.</summary>
        Nv21 = 9,
        /// <summary>One plane: Y U Y V for two pixels.</summary>
        Yuy2 = 10
    }

    /// <summary>
    /// A raw frame of a camera, a screen or a texture, where it lies. Nothing of it is kept after LiveSession.PushVideo.
    /// </summary>
    public ref struct VideoFrame
    {
        /// <summary>A frame of one plane, or of several that lie one behind the other.</summary>
        /// <param name="format">how its pixels lie</param>
        /// <param name="width">pixels, 1 to 16,384</param>
        /// <param name="height">pixels, 1 to 16,384</param>
        /// <param name="bytes">the first plane, or all of them; a NativeArray's AsSpan() serves</param>
        public VideoFrame(PixelFormat format, int width, int height, ReadOnlySpan<byte> bytes)
        {
            Format = format;
            Width = width;
            Height = height;
            First = bytes;
            Second = default(ReadOnlySpan<byte>);
            Third = default(ReadOnlySpan<byte>);
            FirstStride = SecondStride = ThirdStride = Rotation = 0;
        }

        /// <summary>How its pixels lie.</summary>
        public PixelFormat Format;
        /// <summary>Pixels, 1 to 16,384.</summary>
        public int Width;
        /// <summary>Pixels, 1 to 16,384.</summary>
        public int Height;
        /// <summary>By how much it is to be turned clockwise to be upright: 0, 90, 180 or 270.</summary>
        public int Rotation;

        /// <summary>The first plane; all of them, one behind the other, where the other two are empty.</summary>
        public ReadOnlySpan<byte> First;
        /// <summary>The second plane: U, or both colours in turns.</summary>
        public ReadOnlySpan<byte> Second;
        /// <summary>The third plane: V.</summary>
        public ReadOnlySpan<byte> Third;

        /// <summary>
        /// Bytes from a row to the next. Negative: the rows lie from the bottom up, as Unity's textures do. 0: without gaps.
        /// </summary>
        public int FirstStride;
        /// <summary>The same of the second plane.</summary>
        public int SecondStride;
        /// <summary>The same of the third plane.</summary>
        public int ThirdStride;
    }
}
