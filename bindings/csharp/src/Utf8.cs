using System;
using System.Text;

namespace Gemlive
{
    // Text on its way into the library and out of it.
    internal static unsafe class Utf8
    {
        // With a final NUL beyond what `length` counts. A lone surrogate goes in as its three bytes, so that the
        // library refuses it, as it does in every language; .NET's own encoder would replace it silently.
        public static byte[] Bytes(string text, out UIntPtr length)
        {
            length = UIntPtr.Zero;
            if (text == null)
            {
                return null;
            }
            int count = 0;
            for (int at = 0; at < text.Length; ++at)
            {
                count += text[at] < 0x80 ? 1 : text[at] < 0x800 ? 2 : 3;
                if (IsPair(text, at))
                {
                    ++count;
                    ++at;
                }
            }
            byte[] bytes = new byte[count + 1];
            int end = 0;
            for (int at = 0; at < text.Length; ++at)
            {
                int code = text[at];
                if (IsPair(text, at))
                {
                    code = char.ConvertToUtf32(text[at], text[++at]);
                }
                end = Append(bytes, end, code);
            }
            length = (UIntPtr)(uint)count;
            return bytes;
        }

        // For functions that take no length. `argument` is named when the text contains NUL.
        public static byte[] Terminated(string text, string argument)
        {
            if (text != null && text.IndexOf('\0') >= 0)
            {
                throw Failure.InvalidArgument(argument + " contains NUL");
            }
            UIntPtr length;
            return Bytes(text, out length);
        }

        public static string Text(IntPtr text, UIntPtr length)
        {
            int count = (int)length;
            return count == 0 ? "" : Encoding.UTF8.GetString((byte*)text, count);
        }

        public static string Text(IntPtr text)
        {
            byte* begin = (byte*)text;
            int count = 0;
            while (begin[count] != 0)
            {
                ++count;
            }
            return count == 0 ? "" : Encoding.UTF8.GetString(begin, count);
        }

        private static bool IsPair(string text, int at)
        {
            return char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
        }

        private static int Append(byte[] bytes, int end, int code)
        {
            if (code < 0x80)
            {
                bytes[end++] = (byte)code;
                return end;
            }
            if (code < 0x800)
            {
                bytes[end++] = (byte)(0xC0 | code >> 6);
            }
            else
            {
                if (code < 0x10000)
                {
                    bytes[end++] = (byte)(0xE0 | code >> 12);
                }
                else
                {
                    bytes[end++] = (byte)(0xF0 | code >> 18);
                    bytes[end++] = (byte)(0x80 | code >> 12 & 0x3F);
                }
                bytes[end++] = (byte)(0x80 | code >> 6 & 0x3F);
            }
            bytes[end++] = (byte)(0x80 | code & 0x3F);
            return end;
        }
    }
}
