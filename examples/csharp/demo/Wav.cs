using System;
using System.IO;
using System.Text;

// A 16-bit PCM WAV file in memory.
public sealed class Wav
{
    private const int HeaderSize = 44;

    public Wav(int rate, int channels, short[] samples)
    {
        Rate = rate;
        Channels = channels;
        Samples = samples;
    }

    public int Rate { get; }
    public int Channels { get; }
    public short[] Samples { get; }

    public static Wav Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int rate = 0;
        int channels = 0;
        for (int at = 12; at + 8 <= file.Length;)
        {
            string name = Encoding.ASCII.GetString(file, at, 4);
            int size = (int)Math.Min(BitConverter.ToUInt32(file, at + 4), (uint)(file.Length - at - 8));
            if (name == "fmt " && size >= 16 && BitConverter.ToUInt16(file, at + 22) == 16)
            {
                channels = BitConverter.ToUInt16(file, at + 10);
                rate = BitConverter.ToInt32(file, at + 12);
            }
            else if (name == "data" && rate > 0)
            {
                short[] samples = new short[size / 2];
                Buffer.BlockCopy(file, at + 8, samples, 0, samples.Length * 2);
                return new Wav(rate, channels, samples);
            }
            at += 8 + size + size % 2;
        }
        throw new IOException("'" + path + "' is no WAV file with 16-bit samples");
    }

    public void Write(string path)
    {
        int size = Samples.Length * 2;
        byte[] bytes = new byte[size];
        Buffer.BlockCopy(Samples, 0, bytes, 0, size);
        using (BinaryWriter file = new BinaryWriter(File.Create(path)))
        {
            file.Write(Encoding.ASCII.GetBytes("RIFF"));
            file.Write(HeaderSize - 8 + size);
            file.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
            file.Write(16);
            file.Write((short)1);
            file.Write((short)Channels);
            file.Write(Rate);
            file.Write(Rate * Channels * 2);
            file.Write((short)(Channels * 2));
            file.Write((short)16);
            file.Write(Encoding.ASCII.GetBytes("data"));
            file.Write(size);
            file.Write(bytes);
        }
    }
}
