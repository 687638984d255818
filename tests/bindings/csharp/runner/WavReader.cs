using System;
using System.IO;
using System.Text;

// Reads 16-bit PCM from a WAV file, whole, from one time to another.
internal sealed class WavReader
{
    private readonly short[] _samples;
    private int _at;
    private readonly int _end;

    // toMs below 0: to the end.
    public WavReader(string path, long fromMs, long toMs)
    {
        byte[] file = ReadFile(path);
        byte[] data = null;
        if (file.Length < 12 || Name(file, 0) != "RIFF" || Name(file, 8) != "WAVE")
        {
            throw new IOException("cannot read '" + path + "' as a sound file: it is no WAV file");
        }
        for (int at = 12; at + 8 <= file.Length;)
        {
            long size = Math.Min(BitConverter.ToUInt32(file, at + 4), (uint)(file.Length - at - 8));
            if (Name(file, at) == "fmt " && size >= 16)
            {
                Channels = BitConverter.ToUInt16(file, at + 10);
                Rate = BitConverter.ToInt32(file, at + 12);
                if (BitConverter.ToUInt16(file, at + 22) != 16)
                {
                    throw new IOException("cannot read '" + path + "' as a sound file: it is not 16-bit PCM");
                }
            }
            else if (Name(file, at) == "data")
            {
                data = new byte[size];
                Array.Copy(file, at + 8, data, 0, size);
            }
            at += 8 + (int)size + (int)(size & 1);
        }
        if (data == null || Channels == 0)
        {
            throw new IOException("cannot read '" + path + "' as a sound file: it has no samples");
        }
        _samples = new short[data.Length / 2];
        Buffer.BlockCopy(data, 0, _samples, 0, _samples.Length * 2);
        long total = _samples.Length / Channels;
        long lengthMs = total * 1000 / Rate;
        if (fromMs > lengthMs)
        {
            throw new IOException("from_ms " + fromMs + " is past the end of '" + path + "', which is " + lengthMs + " ms long");
        }
        _at = (int)(fromMs * Rate / 1000) * Channels;
        _end = (int)(toMs < 0 ? total : Math.Min(total, toMs * Rate / 1000)) * Channels;
    }

    public int Rate { get; }
    public int Channels { get; }

    // At most that many frames; empty at the end.
    public ReadOnlyMemory<short> Read(long frames)
    {
        int count = (int)Math.Min(frames * Channels, Math.Max(0, _end - _at));
        ReadOnlyMemory<short> read = new ReadOnlyMemory<short>(_samples, _at, count);
        _at += count;
        return read;
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (SystemException error)
        {
            throw new IOException("cannot read '" + path + "' as a sound file: " + error.Message);
        }
    }

    private static string Name(byte[] file, int at) => Encoding.ASCII.GetString(file, at, 4);
}
