namespace Gemlive
{
    /// <summary>What a sample in bytes is. More than one byte is in the machine's order.</summary>
    public enum SampleFormat
    {
        /// <summary>16 bits.</summary>
        S16 = 1,
        /// <summary>32 bits; samples of 24 are in the upper ones.</summary>
        S32 = 2,
        /// <summary>A float from -1 to 1; beyond is clipped, NaN is silence.</summary>
        F32 = 3,
        /// <summary>8 bits, silent at 128.</summary>
        U8 = 4,
        /// <summary>G.711 of North America and Japan: audio/PCMU.</summary>
        Mulaw = 5,
        /// <summary>G.711 elsewhere: audio/PCMA.</summary>
        Alaw = 6
    }
}
