using System;

namespace Gemlive
{
    // Texts that the library writes into a buffer of ours.
    internal static unsafe class Buffers
    {
        public delegate int Fill(byte* buffer, UIntPtr capacity, out UIntPtr needed);

        // It may grow between two calls, so the size is asked for again until the text fits.
        public static string ReadText(Fill fill)
        {
            byte[] bytes = new byte[512];
            while (true)
            {
                UIntPtr needed;
                int status;
                fixed (byte* buffer = bytes)
                {
                    status = fill(buffer, (UIntPtr)(uint)bytes.Length, out needed);
                    if (status == (int)GemliveStatus.Ok)
                    {
                        return Utf8.Text((IntPtr)buffer, (UIntPtr)((uint)needed - 1));
                    }
                }
                if (status != (int)GemliveStatus.TooSmall || (uint)needed <= (uint)bytes.Length)
                {
                    throw Failure.Of(status);
                }
                bytes = new byte[(int)needed];
            }
        }
    }
}
