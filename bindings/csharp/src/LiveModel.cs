using System;
using System.Collections.Generic;
using System.Threading;
using C = Gemlive.Native.gemlive;

namespace Gemlive
{
    /// <summary>
    /// Options, credentials and trust, from which conversations are started. Every member may be used from any
    /// thread. A model may be disposed of while its sessions go on.
    /// </summary>
    public sealed partial class LiveModel : IDisposable
    {
        private readonly IntPtr _handle;
        private readonly IReadOnlyList<LiveTool> _tools = new LiveTool[0];
        private int _disposed;

        /// <summary>
        /// Makes a model. No connection is opened and no key is needed yet: a session without a key ends with one
        /// Closed event whose Status is Auth.
        /// </summary>
        /// <param name="options">copied; null: all defaults</param>
        /// <exception cref="GemliveException">InvalidArgument: an option that is refused, a CA file that cannot be
        /// read, a URL that is none</exception>
        public LiveModel(LiveOptions options = null)
        {
            if (options != null)
            {
                _tools = new List<LiveTool>(options.Tools);
            }
            IntPtr native = NativeOptions(options);
            try
            {
                C.gemlive_model_create(native, out _handle);
            }
            finally
            {
                C.gemlive_options_destroy(native);
            }
        }

        /// <summary>Gives the native model up if Dispose was not called.</summary>
        ~LiveModel()
        {
            C.gemlive_model_destroy(_handle);
        }

        /// <summary>
        /// Starts a conversation. It connects in the background; text and audio may be given at once. Never waits.
        /// </summary>
        /// <param name="options">what differs from the model's; copied; null: nothing</param>
        /// <exception cref="GemliveException">InvalidArgument: an option that is refused; Closed: after Finish;
        /// InvalidHandle: after Dispose</exception>
        public LiveSession StartSession(LiveOptions options = null)
        {
            bool ownTools = options != null && options.HasTools;
            IReadOnlyList<LiveTool> tools = ownTools ? new List<LiveTool>(options.Tools) : _tools;
            IntPtr native = NativeOptions(options);
            try
            {
                return Start(native, tools);
            }
            finally
            {
                C.gemlive_options_destroy(native);
                GC.KeepAlive(this);
            }
        }

        /// <summary>
        /// Changes options for sessions that are started from now on, and for each that lives, as
        /// <see cref="LiveSession.UpdateOptions"/> does. A session that cannot take the change says so by a NotApplied
        /// event.
        /// </summary>
        public void UpdateOptions(LiveOptions changes)
        {
            IntPtr native = NativeOptions(changes);
            try
            {
                C.gemlive_model_update_options(_handle, native);
            }
            finally
            {
                C.gemlive_options_destroy(native);
                GC.KeepAlive(this);
            }
        }

        /// <summary>The same with one JSON object; an option that is null has its default again.</summary>
        public void UpdateOptionsJson(string json)
        {
            C.gemlive_model_update_options_json(_handle, Utf8.Terminated(json, "json"));
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Ends all sessions of the model in order, as <see cref="LiveSession.Finish"/> does. Never waits.
        /// </summary>
        /// <exception cref="GemliveException">InvalidHandle: after Dispose</exception>
        public void Finish()
        {
            C.gemlive_model_close(_handle);
            GC.KeepAlive(this);
        }

        /// <summary>Gives the model up. Its sessions go on. A second time does nothing.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                C.gemlive_model_destroy(_handle);
                GC.SuppressFinalize(this);
            }
        }

        internal static IntPtr NativeOptions(LiveOptions options)
        {
            if (options == null)
            {
                return IntPtr.Zero;
            }
            IntPtr native;
            C.gemlive_options_create(out native);
            try
            {
                options.ApplyTo(native);
            }
            catch
            {
                C.gemlive_options_destroy(native);
                throw;
            }
            return native;
        }
    }
}
