using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using C = Gemlive.Native.gemlive;

namespace Gemlive
{
    // Copies what a native event says. The event lives as long as its reader is in use; nothing borrowed is handed
    // on.
    internal unsafe struct EventReader
    {
        private static readonly byte[] NoBytes = new byte[0];

        private readonly IntPtr _event;

        public EventReader(IntPtr native, LiveSession session)
        {
            _event = native;
            Session = session;
            Type = (LiveEventType)C.gemlive_event_type(native);
        }

        public LiveSession Session { get; }
        public LiveEventType Type { get; }

        public long Seq() => (long)C.gemlive_event_seq(_event);
        public long TimeMs() => C.gemlive_event_time_ms(_event);
        public long Connection() => (long)C.gemlive_event_connection(_event);
        public long Turn() => (long)C.gemlive_event_turn(_event);
        public long Request() => (long)C.gemlive_event_request(_event);
        public long Utterance() => (long)C.gemlive_event_utterance(_event);
        public GemliveStatus Status() => (GemliveStatus)C.gemlive_event_code(_event);
        public bool Bool(byte[] name) => C.gemlive_event_field_int(_event, name, 0) != 0;
        public long Int(byte[] name) => C.gemlive_event_field_int(_event, name, 0);
        public double Double(byte[] name) => C.gemlive_event_field_double(_event, name, 0);

        public string Text(byte[] name)
        {
            UIntPtr length;
            IntPtr text = C.gemlive_event_field(_event, name, out length);
            return Utf8.Text(text, length);
        }

        public string OptionalText(byte[] name)
        {
            return C.gemlive_event_has_field(_event, name) != 0 ? Text(name) : null;
        }

        public long? OptionalInt(byte[] name)
        {
            long value = C.gemlive_event_field_int(_event, name, long.MinValue);
            return value == long.MinValue ? (long?)null : value;
        }

        public double? OptionalDouble(byte[] name)
        {
            double value = C.gemlive_event_field_double(_event, name, double.NaN);
            return double.IsNaN(value) ? (double?)null : value;
        }

        public byte[] Json()
        {
            UIntPtr length;
            IntPtr text = C.gemlive_event_json(_event, out length);
            return Copy(text, length);
        }

        public byte[] ServerMessage()
        {
            UIntPtr length;
            IntPtr text = C.gemlive_event_server_message(_event, out length);
            return Copy(text, length);
        }

        public string ResumptionHandle()
        {
            UIntPtr length;
            IntPtr text = C.gemlive_event_resumption_handle(_event, out length);
            return Utf8.Text(text, length);
        }

        public ReadOnlyMemory<short> Samples()
        {
            UIntPtr frames;
            short* samples = C.gemlive_event_audio_s16(_event, out frames);
            short[] copy = new short[(int)frames * C.gemlive_event_channels(_event)];
            new ReadOnlySpan<short>(samples, copy.Length).CopyTo(copy);
            return copy;
        }

        public ReadOnlyMemory<byte> Content()
        {
            UIntPtr size;
            byte* bytes = C.gemlive_event_bytes(_event, out size);
            return Copy((IntPtr)bytes, size);
        }

        public IReadOnlyList<string> CallIds()
        {
            string[] ids = new string[(int)C.gemlive_event_call_count(_event)];
            for (int at = 0; at < ids.Length; ++at)
            {
                UIntPtr length;
                IntPtr text = C.gemlive_event_call_at(_event, (UIntPtr)(uint)at, out length);
                ids[at] = Utf8.Text(text, length);
            }
            return Array.AsReadOnly(ids);
        }

        private static byte[] Copy(IntPtr bytes, UIntPtr size)
        {
            if (size == UIntPtr.Zero)
            {
                return NoBytes;
            }
            byte[] copy = new byte[(int)size];
            Marshal.Copy(bytes, copy, 0, copy.Length);
            return copy;
        }
    }
}
