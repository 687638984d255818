using System;
using System.Collections.Generic;
using System.Threading;
using C = Gemlive.Native.gemlive;

namespace Gemlive
{
    /// <summary>
    /// One conversation; it outlives its connections. Commands go in from any thread, in the order of the calls;
    /// events come out of NextAsync, TryNext or Dispatch. What is said while there is no connection is kept and
    /// sent afterwards.
    /// </summary>
    /// <remarks>
    /// Every command throws GemliveException when it was not taken: Closed after Finish, WouldBlock when the option
    /// CommandQueue is full, InvalidHandle after Dispose, InvalidArgument with a sentence that names the argument; on
    /// a session that ended unasked the Status of its Closed event, such as Auth. None of them waits for the network.
    /// </remarks>
    public sealed partial class LiveSession : IDisposable
    {
        private readonly IntPtr _handle;
        private int _disposed;

        internal LiveSession(IntPtr model, IntPtr options, IReadOnlyList<LiveTool> tools)
        {
            _tools = new ToolCalls(tools);
            C.gemlive_session_create(model, options, out _handle);
        }

        /// <summary>Gives the native session up if Dispose was not called.</summary>
        ~LiveSession()
        {
            C.gemlive_session_destroy(_handle);
            Wakeups.Forget(_arrivals);
        }

        /// <summary>Where the session stands; Closed also after Dispose.</summary>
        public SessionState State
        {
            get
            {
                int state = C.gemlive_session_state(_handle);
                GC.KeepAlive(this);
                return state == 0 ? SessionState.Closed : (SessionState)state;
            }
        }

        /// <summary>
        /// Ends the conversation in order: what was given is still written, then comes Closed, the last event. A
        /// second time can only hurry it. Take events until the Closed event to see the end, or Dispose to give it
        /// up at once.
        /// </summary>
        /// <param name="drain">first waits for open requests, the running turn and the playout</param>
        /// <param name="timeoutMs">what it may take, in milliseconds; null: the option DrainTimeoutMs</param>
        public void Finish(bool drain = false, long? timeoutMs = null)
        {
            if (drain || timeoutMs != null)
            {
                string json = new JsonObject().Add("drain", drain).Add("timeout_ms", timeoutMs).ToString();
                C.gemlive_session_close_json(_handle, Utf8.Terminated(json, "json"));
            }
            else
            {
                C.gemlive_session_close(_handle);
            }
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Ends everything at once and gives the session up. Calls that wait on other threads end with Cancelled,
        /// running tools are cancelled. May be called in a handler, from any thread, any number of times. Outside
        /// of a handler it waits for a handler of this session that runs, and no handler begins afterwards: do not
        /// hold a lock that the handler waits for.
        /// </summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0)
            {
                return;
            }
            C.gemlive_session_destroy(_handle);
            GC.SuppressFinalize(this);
            StopReceiving();
        }

        internal IntPtr NativeHandle => _handle;

        private bool IsDisposed => Volatile.Read(ref _disposed) != 0;
    }
}
