// Written by scripts/make_bindings.py. Do not edit.

namespace Gemlive
{
    /// <summary>What became of a call, and what to do about it.</summary>
    public enum GemliveStatus
    {
        /// <summary>Success.</summary>
        Ok = 0,
        /// <summary>The message names the argument and what is allowed.</summary>
        InvalidArgument = -1,
        /// <summary>The object was disposed of.</summary>
        InvalidHandle = -2,
        /// <summary>The right call at the wrong moment.</summary>
        InvalidState = -3,
        /// <summary>A buffer was too small. Never seen by programs in C#.</summary>
        TooSmall = -4,
        /// <summary>A bounded queue is full: try again later.</summary>
        WouldBlock = -5,
        /// <summary>The time was over.</summary>
        Timeout = -6,
        /// <summary>The session is closing, or over as was asked for.</summary>
        Closed = -7,
        /// <summary>The session was disposed of during the call, or the tool call was cancelled.</summary>
        Cancelled = -8,
        /// <summary>A waiting call from where waiting could never end.</summary>
        WouldDeadlock = -9,
        /// <summary>The network failed.</summary>
        Network = -10,
        /// <summary>The server's certificate or the encryption failed.</summary>
        Tls = -11,
        /// <summary>The key or token is missing, wrong or expired.</summary>
        Auth = -12,
        /// <summary>The quota is used up.</summary>
        Quota = -13,
        /// <summary>The server refused a message, or said what is not the protocol.</summary>
        Protocol = -14,
        /// <summary>Not by this version, this model, or this service.</summary>
        Unsupported = -15,
        /// <summary>Out of memory.</summary>
        OutOfMemory = -16,
        /// <summary>A mistake of this library.</summary>
        Internal = -17,
    }

    /// <summary>Where a session stands.</summary>
    public enum SessionState
    {
        /// <summary>Connecting, the first time or again.</summary>
        Connecting = 1,
        /// <summary>Connected.</summary>
        Connected = 2,
        /// <summary>Finish was called.</summary>
        Closing = 3,
        /// <summary>The closed event has been made.</summary>
        Closed = 4,
    }

    /// <summary>What LiveLibrary.LiveObjects can count.</summary>
    public enum LiveObjectKind
    {
        /// <summary>Options, for the moment in which a model or session is made from them.</summary>
        Options = 1,
        /// <summary>Models.</summary>
        Model = 2,
        /// <summary>Sessions.</summary>
        Session = 3,
        /// <summary>Events that the library still holds for the program.</summary>
        Event = 4,
    }

    /// <summary>The types of events.</summary>
    public enum LiveEventType
    {
        /// <summary>Before every dial.</summary>
        Connecting = 1,
        /// <summary>The server has accepted the setup.</summary>
        Connected = 2,
        /// <summary>A connection that was up has ended, and we did not ask for it.</summary>
        Disconnected = 3,
        /// <summary>The server says that it will end the connection.</summary>
        GoAway = 4,
        /// <summary>There is a new handle to resume with, or none any more.</summary>
        ResumptionUpdated = 5,
        /// <summary>The user began to speak.</summary>
        SpeechStarted = 6,
        /// <summary>The user stopped.</summary>
        SpeechStopped = 7,
        /// <summary>The user's words.</summary>
        InputTranscript = 8,
        /// <summary>The first output of a turn.</summary>
        TurnStarted = 9,
        /// <summary>The model writes.</summary>
        Text = 10,
        /// <summary>The model thinks aloud.</summary>
        Thought = 11,
        /// <summary>The words of the model's voice.</summary>
        OutputTranscript = 12,
        /// <summary>A piece of the model's voice.</summary>
        Audio = 13,
        /// <summary>Inline data that is not audio.</summary>
        Media = 14,
        /// <summary>The model has made all of this turn; it may still be playing.</summary>
        GenerationComplete = 15,
        /// <summary>The turn was cut; the playout is already empty.</summary>
        Interrupted = 16,
        /// <summary>The end of a turn: once for every turn_started.</summary>
        TurnFinished = 17,
        /// <summary>The last sample of the turn was pulled.</summary>
        PlayoutFinished = 18,
        /// <summary>The model wants a function called.</summary>
        ToolCall = 19,
        /// <summary>These calls need no answer any more; an answer is refused.</summary>
        ToolCallsCancelled = 20,
        /// <summary>A request ended without a turn.</summary>
        ReplyFailed = 21,
        /// <summary>The server counted tokens.</summary>
        Usage = 22,
        /// <summary>How fast a turn was; after turn_finished.</summary>
        TurnMetrics = 23,
        /// <summary>What the server searched and found.</summary>
        Grounding = 24,
        /// <summary>Code that the server wrote or ran.</summary>
        Code = 25,
        /// <summary>Pages that the server read.</summary>
        UrlContext = 26,
        /// <summary>A status of newer models.</summary>
        InteractionStatus = 27,
        /// <summary>A signal of newer models.</summary>
        WaitingForInput = 28,
        /// <summary>The server has been silent for too long.</summary>
        Stalled = 29,
        /// <summary>Something was lost on our side; every loss is counted.</summary>
        Dropped = 30,
        /// <summary>This model or service cannot take a part of what was given.</summary>
        NotApplied = 31,
        /// <summary>Something failed outside of a call.</summary>
        Error = 32,
        /// <summary>The server said something that this version does not know.</summary>
        ServerMessage = 33,
        /// <summary>The last event, exactly once.</summary>
        Closed = 34,
    }
}
