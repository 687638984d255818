using System;
using System.Threading;
using System.Threading.Tasks;

namespace Gemlive
{
    /// <summary>
    /// A function that the model may call. With a handler it is answered by itself: the handler begins on the
    /// thread that takes the session's events (in NextAsync, TryNext or Dispatch), before the ToolCall event is
    /// handed out, and the answer is sent when its task ends. A handler that fails answers with its message as the
    /// error.
    /// </summary>
    public sealed class LiveTool
    {
        internal readonly Func<ToolCall, CancellationToken, Task<string>> Handler;
        internal readonly string Declaration;

        private LiveTool(string name, string declaration, Func<ToolCall, CancellationToken, Task<string>> handler)
        {
            Name = name;
            Declaration = declaration;
            Handler = handler;
        }

        /// <summary>The function's name.</summary>
        public string Name { get; }

        /// <summary>Describes a function.</summary>
        /// <param name="name">its name, as the model calls it</param>
        /// <param name="description">what it is for, for the model; null: none</param>
        /// <param name="parameters">its parameters: a JSON schema as text; null: none</param>
        /// <param name="handler">
        /// What answers a call, as JSON text: an object is sent as it is, any other value as {"output": value}.
        /// The token is cancelled when the call needs no answer any more. Null: the program answers ToolCall
        /// events.
        /// </param>
        /// <exception cref="GemliveException">InvalidArgument: no name, or a text that is not valid
        /// Unicode</exception>
        public static LiveTool Create(string name, string description, string parameters,
                                      Func<ToolCall, CancellationToken, Task<string>> handler = null)
        {
            if (string.IsNullOrEmpty(name))
            {
                throw Failure.InvalidArgument("name of a tool is empty");
            }
            string declaration = "{\"name\": " + LiveLibrary.QuoteJson(name);
            if (description != null)
            {
                declaration += ", \"description\": " + LiveLibrary.QuoteJson(description);
            }
            if (parameters != null)
            {
                declaration += ", \"parameters\": " + parameters;
            }
            return new LiveTool(name, declaration + "}", handler);
        }
    }
}
