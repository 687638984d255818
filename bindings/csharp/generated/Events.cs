// Written by scripts/make_bindings.py. Do not edit.

namespace Gemlive
{
    /// <summary>Before every dial.</summary>
    public sealed partial class Connecting : LiveEvent
    {
        /// <summary>From 1; from 1 again after each connected.</summary>
        public long Attempt { get; }

        /// <summary>first, lost, go_away, updated or network_changed.</summary>
        public string Cause { get; }

        internal Connecting(EventReader reader) : base(reader)
        {
            Attempt = reader.Int(Names.Attempt);
            Cause = reader.Text(Names.Cause);
        }
    }

    /// <summary>The server has accepted the setup.</summary>
    public sealed partial class Connected : LiveEvent
    {
        /// <summary>What led to the dial, as in connecting.</summary>
        public string Cause { get; }

        /// <summary>new, resumed, reseeded or empty: what the server still knows.</summary>
        public string Restored { get; }

        /// <summary>What was written before and is sent again: {"audio": [[from, to]], "commands": n}. As JSON.</summary>
        public string Resent { get; }

        /// <summary>How long there was no connection. Null when absent.</summary>
        public long? OutageMs { get; }

        /// <summary>The server's name for the session. Null when absent.</summary>
        public string SessionId { get; }

        /// <summary>How long each step of the dial took. As JSON.</summary>
        public string StepsMs { get; }

        internal Connected(EventReader reader) : base(reader)
        {
            Cause = reader.Text(Names.Cause);
            Restored = reader.Text(Names.Restored);
            Resent = reader.Text(Names.Resent);
            OutageMs = reader.OptionalInt(Names.OutageMs);
            SessionId = reader.OptionalText(Names.SessionId);
            StepsMs = reader.Text(Names.StepsMs);
        }
    }

    /// <summary>A connection that was up has ended, and we did not ask for it.</summary>
    public sealed partial class Disconnected : LiveEvent
    {
        /// <summary>The WebSocket's close code.</summary>
        public long CloseCode { get; }

        /// <summary>The text of the close frame.</summary>
        public string CloseReason { get; }

        /// <summary>What ended it.</summary>
        public string Cause { get; }

        /// <summary>The status of that, such as GEMLIVE_ERROR_NETWORK.</summary>
        public string Code { get; }

        /// <summary>What happened, as a sentence.</summary>
        public string Message { get; }

        /// <summary>Whether it is tried again.</summary>
        public bool WillRetry { get; }

        /// <summary>When.</summary>
        public long RetryInMs { get; }

        /// <summary>Which attempt that will be.</summary>
        public long Attempt { get; }

        internal Disconnected(EventReader reader) : base(reader)
        {
            CloseCode = reader.Int(Names.CloseCode);
            CloseReason = reader.Text(Names.CloseReason);
            Cause = reader.Text(Names.Cause);
            Code = reader.Text(Names.Code);
            Message = reader.Text(Names.Message);
            WillRetry = reader.Bool(Names.WillRetry);
            RetryInMs = reader.Int(Names.RetryInMs);
            Attempt = reader.Int(Names.Attempt);
        }
    }

    /// <summary>The server says that it will end the connection.</summary>
    public sealed partial class GoAway : LiveEvent
    {
        /// <summary>When.</summary>
        public long TimeLeftMs { get; }

        /// <summary>at_turn_end or now: when the session moves to a new connection.</summary>
        public string Plan { get; }

        internal GoAway(EventReader reader) : base(reader)
        {
            TimeLeftMs = reader.Int(Names.TimeLeftMs);
            Plan = reader.Text(Names.Plan);
        }
    }

    /// <summary>There is a new handle to resume with, or none any more.</summary>
    public sealed partial class ResumptionUpdated : LiveEvent
    {
        /// <summary>Whether the session can be resumed now.</summary>
        public bool Resumable { get; }

        /// <summary>How old the newest handle is.</summary>
        public long AgeMs { get; }

        /// <summary>Resumes the conversation in another process, by the option SessionResumption; "" when there is none. Treat it like a password: it is in no JSON.</summary>
        public string Handle { get; }

        internal ResumptionUpdated(EventReader reader) : base(reader)
        {
            Resumable = reader.Bool(Names.Resumable);
            AgeMs = reader.Int(Names.AgeMs);
            Handle = reader.ResumptionHandle();
        }
    }

    /// <summary>The user began to speak.</summary>
    public sealed partial class SpeechStarted : LiveEvent
    {
        /// <summary>server, local or manual: who noticed.</summary>
        public string Source { get; }

        /// <summary>Where in the pushed audio. Null when absent.</summary>
        public long? OffsetMs { get; }

        internal SpeechStarted(EventReader reader) : base(reader)
        {
            Source = reader.Text(Names.Source);
            OffsetMs = reader.OptionalInt(Names.OffsetMs);
        }
    }

    /// <summary>The user stopped.</summary>
    public sealed partial class SpeechStopped : LiveEvent
    {
        /// <summary>server, local or manual: who noticed.</summary>
        public string Source { get; }

        /// <summary>Where in the pushed audio. Null when absent.</summary>
        public long? OffsetMs { get; }

        /// <summary>Whether the service was asked for the words.</summary>
        public bool UserTranscription { get; }

        internal SpeechStopped(EventReader reader) : base(reader)
        {
            Source = reader.Text(Names.Source);
            OffsetMs = reader.OptionalInt(Names.OffsetMs);
            UserTranscription = reader.Bool(Names.UserTranscription);
        }
    }

    /// <summary>The user's words.</summary>
    public sealed partial class InputTranscript : LiveEvent
    {
        /// <summary>The new piece.</summary>
        public string Text { get; }

        /// <summary>All of the utterance so far.</summary>
        public string Transcript { get; }

        /// <summary>The last one of the utterance.</summary>
        public bool Final { get; }

        /// <summary>May still be replaced.</summary>
        public bool Interim { get; }

        /// <summary>It came after the final one.</summary>
        public bool Correction { get; }

        /// <summary>The words of the piece with their times, from the start of the audio: word, start_ms, end_ms. As JSON. Null when absent.</summary>
        public string Words { get; }

        /// <summary>The language of the piece, where the server says it. Null when absent.</summary>
        public string Language { get; }

        /// <summary>Who speaks, such as spk_1, where the server says it. Null when absent.</summary>
        public string Speaker { get; }

        internal InputTranscript(EventReader reader) : base(reader)
        {
            Text = reader.Text(Names.Text);
            Transcript = reader.Text(Names.Transcript);
            Final = reader.Bool(Names.Final);
            Interim = reader.Bool(Names.Interim);
            Correction = reader.Bool(Names.Correction);
            Words = reader.OptionalText(Names.Words);
            Language = reader.OptionalText(Names.Language);
            Speaker = reader.OptionalText(Names.Speaker);
        }
    }

    /// <summary>The first output of a turn.</summary>
    public sealed partial class TurnStarted : LiveEvent
    {
        /// <summary>user, request, tool or server: what it answers.</summary>
        public string Trigger { get; }

        internal TurnStarted(EventReader reader) : base(reader)
        {
            Trigger = reader.Text(Names.Trigger);
        }
    }

    /// <summary>The model writes.</summary>
    public sealed partial class Text : LiveEvent
    {
        /// <summary>The new piece.</summary>
        public string Value { get; }

        internal Text(EventReader reader) : base(reader)
        {
            Value = reader.Text(Names.Text);
        }
    }

    /// <summary>The model thinks aloud.</summary>
    public sealed partial class Thought : LiveEvent
    {
        /// <summary>The new piece.</summary>
        public string Text { get; }

        internal Thought(EventReader reader) : base(reader)
        {
            Text = reader.Text(Names.Text);
        }
    }

    /// <summary>The words of the model's voice.</summary>
    public sealed partial class OutputTranscript : LiveEvent
    {
        /// <summary>The new piece.</summary>
        public string Text { get; }

        internal OutputTranscript(EventReader reader) : base(reader)
        {
            Text = reader.Text(Names.Text);
        }
    }

    /// <summary>A piece of the model's voice.</summary>
    public sealed partial class Audio : LiveEvent
    {
        /// <summary>How many frames: one sample per channel each.</summary>
        public long Frames { get; }

        /// <summary>In Hz.</summary>
        public long SampleRate { get; }

        /// <summary>How many.</summary>
        public long Channels { get; }

        /// <summary>Where in its turn it begins.</summary>
        public long OffsetFrames { get; }

        /// <summary>The samples, interleaved: Frames times Channels.</summary>
        public System.ReadOnlyMemory<short> Samples { get; }

        internal Audio(EventReader reader) : base(reader)
        {
            Frames = reader.Int(Names.Frames);
            SampleRate = reader.Int(Names.SampleRate);
            Channels = reader.Int(Names.Channels);
            OffsetFrames = reader.Int(Names.OffsetFrames);
            Samples = reader.Samples();
        }
    }

    /// <summary>Inline data that is not audio.</summary>
    public sealed partial class Media : LiveEvent
    {
        /// <summary>What the bytes are.</summary>
        public string MimeType { get; }

        /// <summary>How many there are.</summary>
        public long Bytes { get; }

        /// <summary>The bytes themselves.</summary>
        public System.ReadOnlyMemory<byte> Content { get; }

        internal Media(EventReader reader) : base(reader)
        {
            MimeType = reader.Text(Names.MimeType);
            Bytes = reader.Int(Names.Bytes);
            Content = reader.Content();
        }
    }

    /// <summary>The model has made all of this turn; it may still be playing.</summary>
    public sealed partial class GenerationComplete : LiveEvent
    {
        internal GenerationComplete(EventReader reader) : base(reader)
        {
        }
    }

    /// <summary>The turn was cut; the playout is already empty.</summary>
    public sealed partial class Interrupted : LiveEvent
    {
        /// <summary>server or application.</summary>
        public string By { get; }

        /// <summary>How much of the turn was heard; absent when playout is off. Null when absent.</summary>
        public long? HeardMs { get; }

        /// <summary>How much was thrown away unheard; absent when playout is off. Null when absent.</summary>
        public long? FlushedMs { get; }

        internal Interrupted(EventReader reader) : base(reader)
        {
            By = reader.Text(Names.By);
            HeardMs = reader.OptionalInt(Names.HeardMs);
            FlushedMs = reader.OptionalInt(Names.FlushedMs);
        }
    }

    /// <summary>The end of a turn: once for every turn_started.</summary>
    public sealed partial class TurnFinished : LiveEvent
    {
        /// <summary>completed, interrupted, cancelled, lost, stalled or closed.</summary>
        public string Reason { get; }

        /// <summary>The server's own word for it. Null when absent.</summary>
        public string ServerReason { get; }

        /// <summary>How much of the turn was heard; absent when playout is off. Null when absent.</summary>
        public long? HeardMs { get; }

        /// <summary>How much audio the model made.</summary>
        public long GeneratedMs { get; }

        /// <summary>All that was said, or written, in the turn.</summary>
        public string Transcript { get; }

        internal TurnFinished(EventReader reader) : base(reader)
        {
            Reason = reader.Text(Names.Reason);
            ServerReason = reader.OptionalText(Names.ServerReason);
            HeardMs = reader.OptionalInt(Names.HeardMs);
            GeneratedMs = reader.Int(Names.GeneratedMs);
            Transcript = reader.Text(Names.Transcript);
        }
    }

    /// <summary>The last sample of the turn was pulled.</summary>
    public sealed partial class PlayoutFinished : LiveEvent
    {
        /// <summary>How much of the turn was heard.</summary>
        public long HeardMs { get; }

        internal PlayoutFinished(EventReader reader) : base(reader)
        {
            HeardMs = reader.Int(Names.HeardMs);
        }
    }

    /// <summary>The model wants a function called.</summary>
    public sealed partial class ToolCall : LiveEvent
    {
        /// <summary>Its id, to answer with.</summary>
        public string Call { get; }

        /// <summary>The function.</summary>
        public string Name { get; }

        /// <summary>Its arguments: a JSON object. As JSON.</summary>
        public string Arguments { get; }

        /// <summary>BLOCKING or NON_BLOCKING, where it was declared. Null when absent.</summary>
        public string Behavior { get; }

        internal ToolCall(EventReader reader) : base(reader)
        {
            Call = reader.Text(Names.Call);
            Name = reader.Text(Names.Name);
            Arguments = reader.Text(Names.Arguments);
            Behavior = reader.OptionalText(Names.Behavior);
        }
    }

    /// <summary>These calls need no answer any more; an answer is refused.</summary>
    public sealed partial class ToolCallsCancelled : LiveEvent
    {
        /// <summary>Their ids. As JSON.</summary>
        public string Calls { get; }

        /// <summary>server, connection or application: who cancelled.</summary>
        public string Origin { get; }

        /// <summary>The ids in Calls, one by one.</summary>
        public System.Collections.Generic.IReadOnlyList<string> CallIds { get; }

        internal ToolCallsCancelled(EventReader reader) : base(reader)
        {
            Calls = reader.Text(Names.Calls);
            Origin = reader.Text(Names.Origin);
            CallIds = reader.CallIds();
        }
    }

    /// <summary>A request ended without a turn.</summary>
    public sealed partial class ReplyFailed : LiveEvent
    {
        /// <summary>Why, as a word.</summary>
        public string Reason { get; }

        /// <summary>Why, as a sentence.</summary>
        public string Message { get; }

        internal ReplyFailed(EventReader reader) : base(reader)
        {
            Reason = reader.Text(Names.Reason);
            Message = reader.Text(Names.Message);
        }
    }

    /// <summary>The server counted tokens.</summary>
    public sealed partial class Usage : LiveEvent
    {
        /// <summary>Tokens in.</summary>
        public long PromptTokens { get; }

        /// <summary>Tokens out.</summary>
        public long ResponseTokens { get; }

        /// <summary>All of them.</summary>
        public long TotalTokens { get; }

        /// <summary>Of the prompt, from a cache.</summary>
        public long CachedTokens { get; }

        /// <summary>For thinking.</summary>
        public long ThoughtsTokens { get; }

        /// <summary>For the results of tools.</summary>
        public long ToolUseTokens { get; }

        /// <summary>The same by kind of content. As JSON.</summary>
        public string ByModality { get; }

        /// <summary>The sums of the session. As JSON.</summary>
        public string SessionTotals { get; }

        internal Usage(EventReader reader) : base(reader)
        {
            PromptTokens = reader.Int(Names.PromptTokens);
            ResponseTokens = reader.Int(Names.ResponseTokens);
            TotalTokens = reader.Int(Names.TotalTokens);
            CachedTokens = reader.Int(Names.CachedTokens);
            ThoughtsTokens = reader.Int(Names.ThoughtsTokens);
            ToolUseTokens = reader.Int(Names.ToolUseTokens);
            ByModality = reader.Text(Names.ByModality);
            SessionTotals = reader.Text(Names.SessionTotals);
        }
    }

    /// <summary>How fast a turn was; after turn_finished.</summary>
    public sealed partial class TurnMetrics : LiveEvent
    {
        /// <summary>From the end of what it answers to its first output. Null when absent.</summary>
        public long? FirstByteMs { get; }

        /// <summary>The same to its first audio. Null when absent.</summary>
        public long? FirstAudioMs { get; }

        /// <summary>From its first to its last output. Null when absent.</summary>
        public long? GenerationMs { get; }

        /// <summary>From its first output to its end. Null when absent.</summary>
        public long? TurnMs { get; }

        /// <summary>Of the output. Null when absent.</summary>
        public double? TokensPerSecond { get; }

        /// <summary>Whether it was cut.</summary>
        public bool Interrupted { get; }

        /// <summary>Tokens in, counted since the turn before. Null when absent.</summary>
        public long? PromptTokens { get; }

        /// <summary>The same: tokens out. Null when absent.</summary>
        public long? ResponseTokens { get; }

        /// <summary>All of them. Null when absent.</summary>
        public long? TotalTokens { get; }

        /// <summary>Of the prompt, from a cache. Null when absent.</summary>
        public long? CachedTokens { get; }

        /// <summary>For thinking. Null when absent.</summary>
        public long? ThoughtsTokens { get; }

        /// <summary>For the results of tools. Null when absent.</summary>
        public long? ToolUseTokens { get; }

        internal TurnMetrics(EventReader reader) : base(reader)
        {
            FirstByteMs = reader.OptionalInt(Names.FirstByteMs);
            FirstAudioMs = reader.OptionalInt(Names.FirstAudioMs);
            GenerationMs = reader.OptionalInt(Names.GenerationMs);
            TurnMs = reader.OptionalInt(Names.TurnMs);
            TokensPerSecond = reader.OptionalDouble(Names.TokensPerSecond);
            Interrupted = reader.Bool(Names.Interrupted);
            PromptTokens = reader.OptionalInt(Names.PromptTokens);
            ResponseTokens = reader.OptionalInt(Names.ResponseTokens);
            TotalTokens = reader.OptionalInt(Names.TotalTokens);
            CachedTokens = reader.OptionalInt(Names.CachedTokens);
            ThoughtsTokens = reader.OptionalInt(Names.ThoughtsTokens);
            ToolUseTokens = reader.OptionalInt(Names.ToolUseTokens);
        }
    }

    /// <summary>What the server searched and found.</summary>
    public sealed partial class Grounding : LiveEvent
    {
        /// <summary>In the form of the API. As JSON.</summary>
        public string Raw { get; }

        internal Grounding(EventReader reader) : base(reader)
        {
            Raw = reader.Text(Names.Raw);
        }
    }

    /// <summary>Code that the server wrote or ran.</summary>
    public sealed partial class Code : LiveEvent
    {
        /// <summary>In the form of the API. As JSON.</summary>
        public string Raw { get; }

        internal Code(EventReader reader) : base(reader)
        {
            Raw = reader.Text(Names.Raw);
        }
    }

    /// <summary>Pages that the server read.</summary>
    public sealed partial class UrlContext : LiveEvent
    {
        /// <summary>In the form of the API. As JSON.</summary>
        public string Raw { get; }

        internal UrlContext(EventReader reader) : base(reader)
        {
            Raw = reader.Text(Names.Raw);
        }
    }

    /// <summary>A status of newer models.</summary>
    public sealed partial class InteractionStatus : LiveEvent
    {
        /// <summary>The server's word.</summary>
        public string Value { get; }

        internal InteractionStatus(EventReader reader) : base(reader)
        {
            Value = reader.Text(Names.Value);
        }
    }

    /// <summary>A signal of newer models.</summary>
    public sealed partial class WaitingForInput : LiveEvent
    {
        /// <summary>Whether the model waits for the user.</summary>
        public bool Value { get; }

        internal WaitingForInput(EventReader reader) : base(reader)
        {
            Value = reader.Bool(Names.Value);
        }
    }

    /// <summary>The server has been silent for too long.</summary>
    public sealed partial class Stalled : LiveEvent
    {
        /// <summary>no_reply, mid_turn or no_traffic.</summary>
        public string Phase { get; }

        /// <summary>For how long.</summary>
        public long SilentMs { get; }

        internal Stalled(EventReader reader) : base(reader)
        {
            Phase = reader.Text(Names.Phase);
            SilentMs = reader.Int(Names.SilentMs);
        }
    }

    /// <summary>Something was lost on our side; every loss is counted.</summary>
    public sealed partial class Dropped : LiveEvent
    {
        /// <summary>input_audio, input_video, late_output, event_audio, playout_audio, commands or chat_context.</summary>
        public string What { get; }

        /// <summary>How much.</summary>
        public long Amount { get; }

        /// <summary>Of what.</summary>
        public string Unit { get; }

        internal Dropped(EventReader reader) : base(reader)
        {
            What = reader.Text(Names.What);
            Amount = reader.Int(Names.Amount);
            Unit = reader.Text(Names.Unit);
        }
    }

    /// <summary>This model or service cannot take a part of what was given.</summary>
    public sealed partial class NotApplied : LiveEvent
    {
        /// <summary>Which.</summary>
        public string What { get; }

        /// <summary>Why.</summary>
        public string Why { get; }

        internal NotApplied(EventReader reader) : base(reader)
        {
            What = reader.Text(Names.What);
            Why = reader.Text(Names.Why);
        }
    }

    /// <summary>Something failed outside of a call.</summary>
    public sealed partial class Error : LiveEvent
    {
        /// <summary>Its status, such as GEMLIVE_ERROR_NETWORK.</summary>
        public string Code { get; }

        /// <summary>What happened, as a sentence.</summary>
        public string Message { get; }

        /// <summary>In which step of the dial. Null when absent.</summary>
        public string Step { get; }

        /// <summary>The tool call that the library answered in the application's place. Null when absent.</summary>
        public string Call { get; }

        /// <summary>Whether the session ends.</summary>
        public bool Fatal { get; }

        /// <summary>Whether the same thing may succeed later.</summary>
        public bool Retryable { get; }

        /// <summary>Of a refused upgrade. Null when absent.</summary>
        public long? HttpStatus { get; }

        /// <summary>The WebSocket's close code. Null when absent.</summary>
        public long? CloseCode { get; }

        /// <summary>The text of the close frame. Null when absent.</summary>
        public string CloseReason { get; }

        /// <summary>Code, as a value.</summary>
        public GemliveStatus Status { get; }

        internal Error(EventReader reader) : base(reader)
        {
            Code = reader.Text(Names.Code);
            Message = reader.Text(Names.Message);
            Step = reader.OptionalText(Names.Step);
            Call = reader.OptionalText(Names.Call);
            Fatal = reader.Bool(Names.Fatal);
            Retryable = reader.Bool(Names.Retryable);
            HttpStatus = reader.OptionalInt(Names.HttpStatus);
            CloseCode = reader.OptionalInt(Names.CloseCode);
            CloseReason = reader.OptionalText(Names.CloseReason);
            Status = reader.Status();
        }
    }

    /// <summary>The server said something that this version does not know.</summary>
    public sealed partial class ServerMessage : LiveEvent
    {
        /// <summary>What it said. As JSON.</summary>
        public string Raw { get; }

        internal ServerMessage(EventReader reader) : base(reader)
        {
            Raw = reader.Text(Names.Raw);
        }
    }

    /// <summary>The last event, exactly once.</summary>
    public sealed partial class Closed : LiveEvent
    {
        /// <summary>requested, fatal, budget or event_queue_full.</summary>
        public string Reason { get; }

        /// <summary>GEMLIVE_OK, or the status of the last error.</summary>
        public string Code { get; }

        /// <summary>What ended it, as a sentence.</summary>
        public string Message { get; }

        /// <summary>What the session sent, received and used. As JSON.</summary>
        public string Totals { get; }

        /// <summary>Code, as a value.</summary>
        public GemliveStatus Status { get; }

        internal Closed(EventReader reader) : base(reader)
        {
            Reason = reader.Text(Names.Reason);
            Code = reader.Text(Names.Code);
            Message = reader.Text(Names.Message);
            Totals = reader.Text(Names.Totals);
            Status = reader.Status();
        }
    }
}
