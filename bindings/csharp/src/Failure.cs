using C = Gemlive.Native.gemlive;

namespace Gemlive
{
    // Makes exceptions of statuses.
    internal static class Failure
    {
        // Reads the library's sentence, which belongs to this thread until its next call.
        public static GemliveException Of(int status)
        {
            return new GemliveException((GemliveStatus)status, Utf8.Text(C.gemlive_last_error_message()));
        }

        public static void ThrowUnlessOk(int status)
        {
            if (status != (int)GemliveStatus.Ok)
            {
                throw Of(status);
            }
        }

        public static GemliveException AudioBusy()
        {
            return new GemliveException(GemliveStatus.InvalidState,
                                        "another thread is in a call for the audio of this direction: one at a time");
        }

        public static GemliveException DisposedMeanwhile()
        {
            return new GemliveException(GemliveStatus.Cancelled, "the session was disposed of during the call");
        }

        public static GemliveException Disposed()
        {
            return new GemliveException(GemliveStatus.InvalidHandle, "the session was disposed of");
        }

        public static GemliveException InvalidArgument(string message)
        {
            return new GemliveException(GemliveStatus.InvalidArgument, message);
        }
    }
}
