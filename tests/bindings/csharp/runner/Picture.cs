using System;
using System.IO;
using System.Linq;

// Ready bytes of a picture, and what they are.
internal sealed class Picture
{
    public Picture(string path)
    {
        try
        {
            Bytes = File.ReadAllBytes(path);
        }
        catch (SystemException)
        {
            throw new IOException("cannot read '" + path + "'");
        }
        MimeType = BeginsWith(0xFF, 0xD8, 0xFF) ? "image/jpeg"
                 : BeginsWith(0x89, (byte)'P', (byte)'N', (byte)'G') ? "image/png" : null;
        if (MimeType == null)
        {
            throw new IOException("'" + path + "' begins neither like a JPEG nor like a PNG file");
        }
    }

    public byte[] Bytes { get; }
    public string MimeType { get; }

    private bool BeginsWith(params byte[] magic)
    {
        return Bytes.Length > magic.Length && Bytes.Take(magic.Length).SequenceEqual(magic);
    }
}
