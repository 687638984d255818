using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using C = Gemlive.Native.gemlive;

namespace Gemlive
{
    // The calls with samples neither copy nor allocate on their way into the library: the span is pinned, one
    // crossing.
    public sealed partial class LiveSession
    {
        private const int WriteSliceMs = 100;

        private readonly AudioGate _input = new AudioGate();
        private readonly AudioGate _output = new AudioGate();

        /// <summary>
        /// How pushed and written samples are to be understood from now on; 16,000 Hz mono before the first call.
        /// </summary>
        /// <param name="sampleRate">1,000 to 384,000 Hz</param>
        /// <param name="channels">1 to 16</param>
        /// <exception cref="GemliveException">InvalidArgument; InvalidState: a WriteAudio waits</exception>
        public void SetInputFormat(int sampleRate, int channels)
        {
            _input.EnterToChange();
            try
            {
                C.gemlive_session_set_input_format(_handle, sampleRate, channels);
                _input.Change(channels);
            }
            finally
            {
                _input.Leave();
            }
            GC.KeepAlive(this);
        }

        /// <summary>
        /// How ReadAudio is to deliver; 24,000 Hz mono before the first call. Switches playout on: until then, or
        /// the first read, the model's voice is in Audio events only.
        /// </summary>
        /// <param name="sampleRate">1,000 to 384,000 Hz</param>
        /// <param name="channels">1 to 16</param>
        /// <exception cref="GemliveException">InvalidArgument</exception>
        public void SetOutputFormat(int sampleRate, int channels)
        {
            _output.EnterToChange();
            try
            {
                C.gemlive_session_set_output_format(_handle, sampleRate, channels);
                _output.Change(channels);
            }
            finally
            {
                _output.Leave();
            }
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Takes what the microphone has just heard. Takes what the input ring (option InputRingMs) has room for
        /// and never waits; safe on a device's audio thread. One thread pushes or writes at a time.
        /// </summary>
        /// <param name="samples">interleaved, whole frames</param>
        /// <returns>how many frames were taken: fewer than given when the ring is full; 0, and no exception, when the
        /// session is closing, over or disposed of, for devices stop later than their sessions</returns>
        /// <exception cref="GemliveException">InvalidState: another thread pushes or writes; InvalidArgument: not whole
        /// frames</exception>
        public unsafe int PushAudio(ReadOnlySpan<short> samples)
        {
            if (IsDisposed)
            {
                return 0;
            }
            UIntPtr accepted;
            int status;
            int frames = _input.Enter(samples.Length);
            fixed (short* first = &MemoryMarshal.GetReference(samples))
            {
                status = C.gemlive_session_push_audio_s16(_handle, first, (UIntPtr)(uint)frames, out accepted);
            }
            _input.Leave();
            GC.KeepAlive(this);
            return Taken(status, accepted);
        }

        /// <summary>As the other PushAudio, for samples from -1 to 1.</summary>
        /// <param name="samples">interleaved, whole frames; beyond the range is clipped, NaN is silence</param>
        /// <returns>how many frames were taken</returns>
        /// <exception cref="GemliveException">as for the other</exception>
        public unsafe int PushAudio(ReadOnlySpan<float> samples)
        {
            if (IsDisposed)
            {
                return 0;
            }
            UIntPtr accepted;
            int status;
            int frames = _input.Enter(samples.Length);
            fixed (float* first = &MemoryMarshal.GetReference(samples))
            {
                status = C.gemlive_session_push_audio_f32(_handle, first, (UIntPtr)(uint)frames, out accepted);
            }
            _input.Leave();
            GC.KeepAlive(this);
            return Taken(status, accepted);
        }

        /// <summary>As the other PushAudio, for interleaved samples of any format, which may differ from call to call.</summary>
        /// <param name="format">what a sample is</param>
        /// <param name="samples">whole frames; they need not be aligned</param>
        /// <returns>how many frames were taken</returns>
        /// <exception cref="GemliveException">as for the others; InvalidArgument also: the format is none</exception>
        public int PushAudio(SampleFormat format, ReadOnlySpan<byte> samples) => PushBytes(format, samples, false, 0);

        /// <summary>
        /// As the other PushAudio, for channels that lie one behind the other, each a plane of the same size.
        /// </summary>
        /// <param name="format">what a sample is</param>
        /// <param name="planes">all planes</param>
        /// <param name="from">the frame to begin with: how many of them were taken before</param>
        /// <returns>how many frames were taken</returns>
        /// <exception cref="GemliveException">as for the others; InvalidArgument also: from is beyond the planes</exception>
        public int PushPlanarAudio(SampleFormat format, ReadOnlySpan<byte> planes, int from = 0) =>
            PushBytes(format, planes, true, from);

        /// <summary>
        /// The blocking form, for files and streams of any length: waits for room, also while there is no
        /// connection.
        /// </summary>
        /// <param name="samples">interleaved, whole frames</param>
        /// <param name="timeoutMs">0 or more milliseconds; negative: no limit</param>
        /// <returns>how many frames were placed: fewer than given when the time was over</returns>
        /// <exception cref="GemliveException">Closed: it closed meanwhile; what it ended with, when that was unasked;
        /// Cancelled: it was disposed of meanwhile; InvalidHandle: before; otherwise as for PushAudio</exception>
        public unsafe int WriteAudio(ReadOnlySpan<short> samples, long timeoutMs = -1)
        {
            int frames = _input.Enter(samples.Length);
            try
            {
                fixed (short* first = &MemoryMarshal.GetReference(samples))
                {
                    return Write((byte*)first, samples.Length * sizeof(short), frames, false, timeoutMs);
                }
            }
            finally
            {
                _input.Leave();
                GC.KeepAlive(this);
            }
        }

        /// <summary>As the other WriteAudio, for samples from -1 to 1.</summary>
        /// <param name="samples">interleaved, whole frames; beyond the range is clipped, NaN is silence</param>
        /// <param name="timeoutMs">0 or more milliseconds; negative: no limit</param>
        /// <returns>how many frames were placed</returns>
        /// <exception cref="GemliveException">as for the other</exception>
        public unsafe int WriteAudio(ReadOnlySpan<float> samples, long timeoutMs = -1)
        {
            int frames = _input.Enter(samples.Length);
            try
            {
                fixed (float* first = &MemoryMarshal.GetReference(samples))
                {
                    return Write((byte*)first, samples.Length * sizeof(float), frames, true, timeoutMs);
                }
            }
            finally
            {
                _input.Leave();
                GC.KeepAlive(this);
            }
        }

        /// <summary>
        /// Fills the speaker's buffer with what is due now: the model's voice, or silence. After an interruption
        /// the next call is silent, but for a short fade. The first call switches playout on. Never waits; safe on
        /// a device's audio thread. One thread reads at a time. Goes on after the Closed event: what the ring
        /// holds can still be heard; after Dispose it is silence.
        /// </summary>
        /// <param name="samples">room for whole frames; all of it is written, also when this throws</param>
        /// <returns>how many frames are not filler</returns>
        /// <exception cref="GemliveException">InvalidState: another thread reads; InvalidArgument: not whole
        /// frames</exception>
        public unsafe int ReadAudio(Span<short> samples)
        {
            if (IsDisposed)
            {
                samples.Clear();
                return 0;
            }
            UIntPtr heard;
            int status;
            int frames = EnterToRead(samples);
            fixed (short* first = &MemoryMarshal.GetReference(samples))
            {
                status = C.gemlive_session_read_audio_s16(_handle, first, (UIntPtr)(uint)frames, out heard);
            }
            _output.Leave();
            GC.KeepAlive(this);
            return Heard(status, heard, samples);
        }

        /// <summary>As the other ReadAudio, for samples from -1 to 1.</summary>
        /// <param name="samples">room for whole frames; all of it is written, also when this throws</param>
        /// <returns>how many frames are not filler</returns>
        /// <exception cref="GemliveException">as for the other</exception>
        public unsafe int ReadAudio(Span<float> samples)
        {
            if (IsDisposed)
            {
                samples.Clear();
                return 0;
            }
            UIntPtr heard;
            int status;
            int frames = EnterToRead(samples);
            fixed (float* first = &MemoryMarshal.GetReference(samples))
            {
                status = C.gemlive_session_read_audio_f32(_handle, first, (UIntPtr)(uint)frames, out heard);
            }
            _output.Leave();
            GC.KeepAlive(this);
            return Heard(status, heard, samples);
        }

        /// <summary>How much of the model's voice waits to be played, in microseconds; 0 after Dispose.</summary>
        public long QueuedAudioUs
        {
            get
            {
                long queued = C.gemlive_session_queued_audio_us(_handle);
                GC.KeepAlive(this);
                return queued;
            }
        }

        /// <summary>
        /// The largest sample of the microphone's last 50 ms, mixed to mono, from 0 to 1. 0 while muted, 250 ms after the last push
        /// is over, and after Dispose.
        /// </summary>
        public float InputPeak
        {
            get
            {
                float peak = C.gemlive_session_input_peak(_handle);
                GC.KeepAlive(this);
                return peak;
            }
        }

        /// <summary>How loud the microphone's last 50 ms are, as root mean square; otherwise as InputPeak.</summary>
        public float InputRms
        {
            get
            {
                float rms = C.gemlive_session_input_rms(_handle);
                GC.KeepAlive(this);
                return rms;
            }
        }

        private unsafe int PushBytes(SampleFormat format, ReadOnlySpan<byte> samples, bool isPlanar, int from)
        {
            if (IsDisposed)
            {
                return 0;
            }
            int width = BytesPerSample(format);
            int frames = _input.Enter(samples.Length, width, out int channels);
            if (from < 0 || from > frames)
            {
                _input.Leave();
                throw Failure.InvalidArgument("from has to be 0 to " + frames + ", not " + from);
            }
            UIntPtr accepted;
            int status;
            fixed (byte* first = &MemoryMarshal.GetReference(samples))
            {
                status = C.gemlive_session_push_audio(_handle, (int)format, first + from * width, channels,
                                                      (UIntPtr)(uint)(isPlanar ? frames * width : 0),
                                                      (UIntPtr)(uint)(frames - from), out accepted);
            }
            _input.Leave();
            GC.KeepAlive(this);
            return Taken(status, accepted);
        }

        private static int BytesPerSample(SampleFormat format)
        {
            switch (format)
            {
                case SampleFormat.S16: return 2;
                case SampleFormat.S32:
                case SampleFormat.F32: return 4;
                case SampleFormat.U8:
                case SampleFormat.Mulaw:
                case SampleFormat.Alaw: return 1;
                default: throw Failure.InvalidArgument("format is " + (int)format + "; allowed are those of SampleFormat");
            }
        }

        private static int Taken(int status, UIntPtr accepted)
        {
            if (status == (int)GemliveStatus.InvalidState)
            {
                throw Failure.AudioBusy();
            }
            return (int)accepted;    // none where the session is over, however it ended
        }

        // In slices: a runtime that ends the process may have to wait until a thread comes back from native code.
        private unsafe int Write(byte* first, int size, int frames, bool floats, long timeoutMs)
        {
            long begin = Stopwatch.GetTimestamp();
            int placed = 0;
            while (true)
            {
                long left = timeoutMs - (Stopwatch.GetTimestamp() - begin) * 1000 / Stopwatch.Frequency;
                bool last = timeoutMs >= 0 && left <= WriteSliceMs;
                long slice = last ? Math.Max(0, left) : WriteSliceMs;
                byte* next = frames == 0 ? first : first + (long)size / frames * placed;
                UIntPtr rest = (UIntPtr)(uint)(frames - placed);
                UIntPtr accepted;
                int status = floats
                    ? C.gemlive_session_write_audio_f32(_handle, (float*)next, rest, slice, out accepted)
                    : C.gemlive_session_write_audio_s16(_handle, (short*)next, rest, slice, out accepted);
                placed += (int)accepted;
                if (status == (int)GemliveStatus.Ok || status == (int)GemliveStatus.Timeout && last)
                {
                    return placed;
                }
                if (status != (int)GemliveStatus.Timeout)
                {
                    throw Failure.Of(status);
                }
            }
        }

        private int EnterToRead<T>(Span<T> samples)
        {
            try
            {
                return _output.Enter(samples.Length);
            }
            catch (GemliveException)
            {
                samples.Clear();
                throw;
            }
        }

        private static int Heard<T>(int status, UIntPtr heard, Span<T> samples)
        {
            if (status != (int)GemliveStatus.Ok)
            {
                samples.Clear();
            }
            if (status == (int)GemliveStatus.InvalidState)
            {
                throw Failure.AudioBusy();
            }
            return (int)heard;
        }
    }
}
