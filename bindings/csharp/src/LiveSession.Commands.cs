using System;
using System.Runtime.InteropServices;
using C = Gemlive.Native.gemlive;

namespace Gemlive
{
    public sealed partial class LiveSession
    {
        /// <summary>Says something to the model in writing.</summary>
        /// <param name="text">any valid Unicode text</param>
        /// <param name="turnComplete">asks for a reply; false only adds to the conversation</param>
        /// <returns>the id of the request, which the reply carries in Request; 0 when none was asked for</returns>
        public long SendText(string text, bool turnComplete = true)
        {
            ulong request;
            if (turnComplete)
            {
                UIntPtr length;
                byte[] bytes = Utf8.Bytes(text, out length);
                C.gemlive_session_send_text_n(_handle, bytes, length, out request);
            }
            else
            {
                string json = new JsonObject().Add("text", text).Add("turn_complete", false).ToString();
                C.gemlive_session_send_text_json(_handle, Utf8.Terminated(json, "json"), out request);
            }
            GC.KeepAlive(this);
            return (long)request;
        }

        /// <summary>Asks the model to speak now.</summary>
        /// <param name="instructions">for this reply; null: none</param>
        /// <param name="text">what is said to the model with it; null: nothing</param>
        /// <param name="timeoutMs">until the first output, in milliseconds; null: the option
        /// ReplyTimeoutMs</param>
        /// <param name="toolChoice">of this reply: none refuses the model's calls; null: auto</param>
        /// <returns>the id of the request, which the reply carries in Request</returns>
        public long GenerateReply(string instructions = null, string text = null, long? timeoutMs = null,
                                  string toolChoice = null)
        {
            ulong request;
            if (text == null && timeoutMs == null && toolChoice == null)
            {
                UIntPtr length;
                byte[] bytes = Utf8.Bytes(instructions, out length);
                C.gemlive_session_generate_reply_n(_handle, bytes, length, out request);
            }
            else
            {
                string json = new JsonObject().Add("instructions", instructions).Add("text", text)
                                              .Add("timeout_ms", timeoutMs).Add("tool_choice", toolChoice).ToString();
                C.gemlive_session_generate_reply_json(_handle, Utf8.Terminated(json, "json"), out request);
            }
            GC.KeepAlive(this);
            return (long)request;
        }

        /// <summary>Answers a tool call; either with an output or with an error.</summary>
        /// <param name="call">the call's id, from <see cref="ToolCall.Call"/>; "last" is the newest call</param>
        /// <param name="outputJson">a JSON object is sent as it is, any other JSON value as {"output":
        /// value}</param>
        /// <param name="error">why there is no output, for the model</param>
        /// <param name="scheduling">SILENT, WHEN_IDLE or INTERRUPT; null: the option
        /// ToolResponseScheduling</param>
        /// <param name="willContinue">more answers to the same call will follow</param>
        /// <exception cref="GemliveException">InvalidArgument: a call that never was, or what is not JSON;
        /// Cancelled: a call that was cancelled; InvalidState: one already answered</exception>
        public void ToolResponse(string call, string outputJson = null, string error = null, string scheduling = null,
                                 bool? willContinue = null)
        {
            bool plain = outputJson != null && error == null && scheduling == null && willContinue == null;
            if (plain && !string.IsNullOrEmpty(call) && call != "last")
            {
                C.gemlive_session_tool_response(_handle, Utf8.Terminated(call, "call"),
                                                Utf8.Terminated(outputJson, "outputJson"));
            }
            else
            {
                string json = new JsonObject().Add("call", call).AddJson("output", outputJson).Add("error", error)
                                              .Add("scheduling", scheduling).Add("will_continue", willContinue)
                                              .ToString();
                C.gemlive_session_tool_response_json(_handle, Utf8.Terminated(json, "outputJson"));
            }
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Stops the running turn: playout is flushed, what still comes of the turn is dropped and counted.
        /// Without a turn it does nothing.
        /// </summary>
        public void Interrupt()
        {
            C.gemlive_session_interrupt(_handle);
            GC.KeepAlive(this);
        }

        /// <summary>
        /// The user begins to speak: where the option RealtimeInputConfig switches the server's VAD off.
        /// </summary>
        /// <exception cref="GemliveException">InvalidState: the server detects speech itself</exception>
        public void StartUserActivity()
        {
            C.gemlive_session_start_user_activity(_handle);
            GC.KeepAlive(this);
        }

        /// <summary>The user has spoken.</summary>
        /// <exception cref="GemliveException">as for <see cref="StartUserActivity"/></exception>
        public void EndUserActivity()
        {
            C.gemlive_session_end_user_activity(_handle);
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Gives the model other instructions: they hold from the next reply on, and no reply is cut. Where the model
        /// takes none within the connection, the session connects anew when neither side speaks.
        /// </summary>
        /// <param name="instructions">"" takes them away</param>
        /// <exception cref="GemliveException">InvalidState: the option Setup says the instructions</exception>
        public void UpdateInstructions(string instructions)
        {
            if (instructions == null)
            {
                throw new ArgumentNullException(nameof(instructions));
            }
            UIntPtr length;
            byte[] bytes = Utf8.Bytes(instructions, out length);
            C.gemlive_session_update_instructions_n(_handle, bytes, length);
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Gives the model other tools in place of all that it has, as <see cref="UpdateInstructions"/> does. Handlers
        /// stay with the names of their functions.
        /// </summary>
        /// <param name="toolsJson">a JSON list as the option Tools takes it; "[]" takes all away</param>
        public void UpdateTools(string toolsJson)
        {
            C.gemlive_session_update_tools(_handle, Utf8.Terminated(toolsJson, "toolsJson"));
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Changes options of this session: all of them or none. docs/options.md says when each takes effect,
        /// <see cref="GetCapabilities"/> what it costs with this model.
        /// </summary>
        /// <exception cref="GemliveException">InvalidArgument: an option that is not allowed; Unsupported: one that is
        /// for new sessions only</exception>
        public void UpdateOptions(LiveOptions changes)
        {
            IntPtr native = LiveModel.NativeOptions(changes);
            try
            {
                C.gemlive_session_update_options(_handle, native);
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
            C.gemlive_session_update_options_json(_handle, Utf8.Terminated(json, "json"));
            GC.KeepAlive(this);
        }

        /// <summary>The microphone is off: the server need not wait for more. Pushing again reopens it.</summary>
        /// <exception cref="GemliveException">InvalidState: the server's VAD is switched off</exception>
        public void AudioStreamEnd()
        {
            C.gemlive_session_audio_stream_end(_handle);
            GC.KeepAlive(this);
        }

        /// <summary>
        /// What was pushed so far is one utterance: its last packet goes out, however short, and the server need not wait
        /// for more. Ends the activity where the server's VAD is switched off, else the stream.
        /// </summary>
        public void CommitAudio()
        {
            C.gemlive_session_commit_audio(_handle);
            GC.KeepAlive(this);
        }

        /// <summary>Takes back the pushed audio that was not sent yet; a Dropped event counts it.</summary>
        public void ClearAudio()
        {
            C.gemlive_session_clear_audio(_handle);
            GC.KeepAlive(this);
        }

        /// <summary>
        /// While it is on, what is pushed or written is taken and thrown away: neither sent nor kept. Real-time safe.
        /// </summary>
        public void Mute(bool on)
        {
            C.gemlive_session_mute(_handle, on ? 1 : 0);
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Shows the model a picture. An older one that is still unsent is replaced, and counted in a Dropped
        /// event.
        /// </summary>
        /// <param name="bytes">copied; has to begin as its type says</param>
        /// <param name="mimeType">"image/jpeg" or "image/png"</param>
        public unsafe void PushImage(ReadOnlySpan<byte> bytes, string mimeType)
        {
            fixed (byte* first = &MemoryMarshal.GetReference(bytes))
            {
                C.gemlive_session_push_image(_handle, first, (UIntPtr)(uint)bytes.Length,
                                             Utf8.Terminated(mimeType, "mimeType"));
            }
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Shows the model a raw frame; it is copied, and scaled and encoded on a thread of the library. Push as often as there are
        /// frames: one is sent each VideoIntervalMs while the user speaks and each VideoIdleIntervalMs else, the newest of those
        /// pushed meanwhile.
        /// </summary>
        public unsafe void PushVideo(VideoFrame frame)
        {
            fixed (byte* first = &MemoryMarshal.GetReference(frame.First))
            fixed (byte* second = &MemoryMarshal.GetReference(frame.Second))
            fixed (byte* third = &MemoryMarshal.GetReference(frame.Third))
            {
                C.gemlive_session_push_video(_handle, (int)frame.Format, frame.Width, frame.Height, frame.Rotation,
                             first, (UIntPtr)(uint)frame.First.Length, frame.FirstStride,
                             second, (UIntPtr)(uint)frame.Second.Length, frame.SecondStride,
                             third, (UIntPtr)(uint)frame.Third.Length, frame.ThirdStride);
            }
            GC.KeepAlive(this);
        }

        /// <summary>Sends one client message as it is: the way to what this library does not know yet.</summary>
        /// <param name="json">one JSON object, such as {"realtimeInput": {…}}; not "setup"</param>
        public void SendRaw(string json)
        {
            C.gemlive_session_send_raw(_handle, Utf8.Terminated(json, "json"));
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Makes the conversation this list of items, as far as the service can: new items at the end are told to the model,
        /// outputs of open calls answer them; what cannot be done is told by a NotApplied event. Before the first connection
        /// the list is what the conversation begins with.
        /// </summary>
        /// <param name="itemsJson">what <see cref="GetChatContext"/> gives, with changes</param>
        public void UpdateChatContext(string itemsJson)
        {
            C.gemlive_session_update_chat_context(_handle, Utf8.Terminated(itemsJson, "itemsJson"));
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Says how much of a turn that was cut the user heard, for a program that plays the audio itself: the chat context
        /// keeps the words of that part.
        /// </summary>
        /// <param name="turn">the turn's id</param>
        /// <param name="heardMs">milliseconds of its audio</param>
        public void Truncate(ulong turn, long heardMs)
        {
            C.gemlive_session_truncate(_handle, turn, heardMs);
            GC.KeepAlive(this);
        }

        /// <summary>The conversation so far, as JSON: a list of items, as docs/chat-context.md has it.</summary>
        public unsafe string GetChatContext()
        {
            string text = Buffers.ReadText((byte* buffer, UIntPtr capacity, out UIntPtr needed) =>
                C.gemlive_session_get_chat_context(_handle, buffer, capacity, out needed));
            GC.KeepAlive(this);
            return text;
        }

        /// <summary>
        /// The session as a JSON object of options, so that another one goes on in its place, in another process too: give it
        /// to <see cref="LiveOptions.FromJson"/>, add the credential, create a session. It holds the options in force, the chat
        /// context and the resumption handle, and no credential: keep it as you would keep the conversation. Works on a session
        /// that has ended.
        /// </summary>
        public unsafe string Save()
        {
            string text = Buffers.ReadText((byte* buffer, UIntPtr capacity, out UIntPtr needed) =>
                C.gemlive_session_save(_handle, buffer, capacity, out needed));
            GC.KeepAlive(this);
            return text;
        }

        /// <summary>
        /// The tool calls that wait for an answer, the oldest first, as JSON: a list of objects with call, name, arguments, turn,
        /// blocking and age_ms.
        /// </summary>
        public unsafe string GetOpenCalls()
        {
            string text = Buffers.ReadText((byte* buffer, UIntPtr capacity, out UIntPtr needed) =>
                C.gemlive_session_get_open_calls(_handle, buffer, capacity, out needed));
            GC.KeepAlive(this);
            return text;
        }

        /// <summary>The tools in force, as JSON: a list of the API's Tool.</summary>
        public unsafe string GetTools()
        {
            string text = Buffers.ReadText((byte* buffer, UIntPtr capacity, out UIntPtr needed) =>
                C.gemlive_session_get_tools(_handle, buffer, capacity, out needed));
            GC.KeepAlive(this);
            return text;
        }

        /// <summary>
        /// What this model can do, as one JSON object; its member updates says what a change of each option costs now.
        /// </summary>
        public unsafe string GetCapabilities()
        {
            string text = Buffers.ReadText((byte* buffer, UIntPtr capacity, out UIntPtr needed) =>
                C.gemlive_session_get_capabilities(_handle, buffer, capacity, out needed));
            GC.KeepAlive(this);
            return text;
        }
    }
}
