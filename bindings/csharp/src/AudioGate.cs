using System.Threading;

namespace Gemlive
{
    // One direction of a session's audio: one call at a time, and no change of the channel count while a call
    // counts on it. Entering costs one compare-and-swap.
    internal sealed class AudioGate
    {
        private const int ChangeWaitMs = 1000;

        private int _inside;
        private int _channels = 1;

        // Frames in a buffer of that many samples. To be left again with Leave.
        public int Enter(int samples)
        {
            if (Interlocked.CompareExchange(ref _inside, 1, 0) != 0)
            {
                throw Failure.AudioBusy();
            }
            int channels = _channels;
            if (samples % channels != 0)
            {
                Leave();
                throw Failure.InvalidArgument("samples has to hold whole frames of " + channels +
                                              " channels, but its length is " + samples);
            }
            return samples / channels;
        }

        // The same, with a buffer of bytes, `width` for each sample; also says how many channels a frame has.
        public int Enter(int bytes, int width, out int channels)
        {
            if (Interlocked.CompareExchange(ref _inside, 1, 0) != 0)
            {
                throw Failure.AudioBusy();
            }
            channels = _channels;
            int frame = width * channels;
            if (bytes % frame != 0)
            {
                Leave();
                throw Failure.InvalidArgument("samples has to hold whole frames of " + channels + " channels, " + frame +
                                              " bytes each, but its length is " + bytes);
            }
            return bytes / frame;
        }

        public void Leave() => Volatile.Write(ref _inside, 0);

        // Short calls are waited for; a WriteAudio that waits for room is not.
        public void EnterToChange()
        {
            if (!SpinWait.SpinUntil(() => Interlocked.CompareExchange(ref _inside, 1, 0) == 0, ChangeWaitMs))
            {
                throw Failure.AudioBusy();
            }
        }

        public void Change(int channels) => _channels = channels;
    }
}
