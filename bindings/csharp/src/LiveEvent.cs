using System.Text;

namespace Gemlive
{
    /// <summary>
    /// Something that happened in a session. Immutable, and free of native memory: it may be kept as long as you
    /// like and read from any thread. There is one class for each word of the vocabulary, and UnknownEvent for
    /// words to come.
    /// </summary>
    public abstract class LiveEvent
    {
        private readonly byte[] _json;
        private readonly byte[] _serverMessage;

        internal LiveEvent(EventReader reader)
        {
            Session = reader.Session;
            Type = reader.Type;
            Seq = reader.Seq();
            TimeMs = reader.TimeMs();
            Connection = reader.Connection();
            Turn = reader.Turn();
            Request = reader.Request();
            Utterance = reader.Utterance();
            _json = reader.Json();
            _serverMessage = reader.ServerMessage();
        }

        /// <summary>The session it happened in.</summary>
        public LiveSession Session { get; }

        /// <summary>Which it is, as a number of the C library; UnknownEvent may have any.</summary>
        public LiveEventType Type { get; }

        /// <summary>Its number in the session, from 1, without gaps.</summary>
        public long Seq { get; }

        /// <summary>Milliseconds since the session was created.</summary>
        public long TimeMs { get; }

        /// <summary>The connection, from 1; 0: none.</summary>
        public long Connection { get; }

        /// <summary>The turn it belongs to, from 1; 0: none.</summary>
        public long Turn { get; }

        /// <summary>The request it belongs to, as SendText and GenerateReply returned it; 0: none.</summary>
        public long Request { get; }

        /// <summary>The utterance it belongs to, from 1; 0: none.</summary>
        public long Utterance { get; }

        /// <summary>The whole event as JSON, with all its fields.</summary>
        public string Json => Encoding.UTF8.GetString(_json);

        /// <summary>
        /// The JSON of the server's message that caused it, audio data left out; "" when none did.
        /// </summary>
        public string ServerMessage => Encoding.UTF8.GetString(_serverMessage);

        /// <summary>The event as JSON.</summary>
        public override string ToString() => Json;
    }
}
