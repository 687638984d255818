using System;
using C = Gemlive.Native.gemlive;

namespace Gemlive
{
    /// <summary>What concerns the whole process. Every member may be used from any thread.</summary>
    public static unsafe class LiveLibrary
    {
        /// <summary>The version of the native library, such as "0.1.0".</summary>
        public static string Version => Utf8.Text(C.gemlive_version_string());

        /// <summary>The version as a number: major * 10000 + minor * 100 + patch.</summary>
        public static int VersionNumber => C.gemlive_version_number();

        /// <summary>
        /// Does this version have a command, by its word in the vocabulary, such as "send_text"?
        /// </summary>
        /// <exception cref="GemliveException">InvalidArgument: the word contains NUL</exception>
        public static bool HasFeature(string feature)
        {
            return C.gemlive_has_feature(Utf8.Terminated(feature, "feature")) != 0;
        }

        /// <summary>The name of a status in every language, such as "GEMLIVE_ERROR_TIMEOUT".</summary>
        public static string StatusName(GemliveStatus status) => Utf8.Text(C.gemlive_status_name((int)status));

        /// <summary>How many native objects of a kind exist in the process: for leak tests and support.</summary>
        public static long LiveObjects(LiveObjectKind kind) => C.gemlive_live_object_count((int)kind);

        /// <summary>
        /// A text as a JSON string, quotes included: the answers of tools and raw messages are JSON text, and this
        /// is all that is needed to build them safely.
        /// </summary>
        /// <exception cref="GemliveException">InvalidArgument: a lone surrogate is in the text</exception>
        public static string QuoteJson(string text)
        {
            UIntPtr length;
            byte[] bytes = Utf8.Bytes(text, out length);
            return Buffers.ReadText((byte* buffer, UIntPtr capacity, out UIntPtr needed) =>
                                        C.gemlive_json_quote(bytes, length, buffer, capacity, out needed));
        }

        /// <summary>
        /// Ends and gives up every session and model of the process, whoever holds it: for hosts that lose their
        /// objects. All that exist are as if disposed of. Waits for calls that run, not for the network.
        /// </summary>
        public static void DestroyAll()
        {
            C.gemlive_destroy_all();
            Wakeups.ForgetAll();
        }

        /// <summary>
        /// Waits until the native threads have ended, which they do by themselves after the last session and model
        /// are gone. Only leak checkers and tests need it.
        /// </summary>
        /// <param name="timeoutMs">0 or more</param>
        /// <exception cref="GemliveException">Timeout: sessions or models still live</exception>
        public static void Shutdown(long timeoutMs) => C.gemlive_shutdown(timeoutMs);
    }
}
