using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using C = Gemlive.Native.gemlive;

namespace Gemlive
{
    /// <summary>
    /// Who the model is, how it speaks, and how it is reached. What is not set has its default; the key is taken
    /// from GOOGLE_API_KEY, else GEMINI_API_KEY. The options are copied when a model or session is made from them,
    /// and checked then: a value that is refused is an InvalidArgument of that call, which names the option and
    /// what is allowed. Not for use by several threads at once.
    /// </summary>
    public sealed partial class LiveOptions
    {
        private readonly List<KeyValuePair<string, object>> _values = new List<KeyValuePair<string, object>>();

        /// <summary>
        /// The functions that the model may call. They are declared beside those in ToolsJson. For a session: when
        /// any are given, here or there, they replace the model's.
        /// </summary>
        public IList<LiveTool> Tools { get; } = new Collection<LiveTool>();

        /// <summary>Options from one JSON object {"name": value, …} with the names of docs/options.md.</summary>
        /// <param name="json">checked when the options are used</param>
        public static LiveOptions FromJson(string json)
        {
            LiveOptions options = new LiveOptions();
            options._values.Add(new KeyValuePair<string, object>(WholeObject, new JsonText(json)));
            return options;
        }

        /// <summary>
        /// Sets any option from text, by its name in docs/options.md: "0.7", "true", JSON for objects.
        /// </summary>
        /// <param name="name">a name that does not exist is refused with the nearest one that does</param>
        /// <param name="value">null: not set</param>
        public void Set(string name, string value) => Put(name, value);

        /// <summary>Sets any option from JSON text. "null" switches off what is on by default.</summary>
        /// <param name="name">as for <see cref="Set"/></param>
        /// <param name="json">null: not set</param>
        public void SetJson(string name, string json) => Put(name, json == null ? null : new JsonText(json));

        internal bool HasTools => Tools.Count > 0 || Find("tools") != null;

        // The first error is thrown with the option's sentence.
        internal void ApplyTo(IntPtr native)
        {
            foreach (KeyValuePair<string, object> option in _values)
            {
                if (option.Key != "tools" || Tools.Count == 0)
                {
                    Apply(native, option.Key, option.Value);
                }
            }
            if (Tools.Count > 0)
            {
                Apply(native, "tools", new JsonText(DeclareTools()));
            }
        }

        private const string WholeObject = "";

        private sealed class JsonText
        {
            public readonly string Text;

            public JsonText(string text)
            {
                Text = text;
            }
        }

        private static void Apply(IntPtr native, string option, object value)
        {
            JsonText json = value as JsonText;
            if (ReferenceEquals(option, WholeObject))
            {
                C.gemlive_options_from_json(native, Utf8.Terminated(json.Text, "json"));
                return;
            }
            byte[] name = Utf8.Terminated(option, "name");
            if (json != null)
            {
                C.gemlive_options_set_json(native, name, Utf8.Terminated(json.Text, option));
            }
            else if (value is long)
            {
                C.gemlive_options_set_int(native, name, (long)value);
            }
            else if (value is bool)
            {
                C.gemlive_options_set_int(native, name, (bool)value ? 1 : 0);
            }
            else if (value is double)
            {
                C.gemlive_options_set_double(native, name, (double)value);
            }
            else
            {
                UIntPtr length;
                byte[] text = Utf8.Bytes((string)value, out length);
                C.gemlive_options_set_string_n(native, name, text, length);
            }
        }

        // A list of the API's Tool: one for the functions of Tools, then those of ToolsJson as they are.
        private string DeclareTools()
        {
            if (Tools.Any(tool => tool == null))
            {
                throw Failure.InvalidArgument("Tools contains null");
            }
            string functions = string.Join(", ", Tools.Select(tool => tool.Declaration));
            string list = "[{\"functionDeclarations\": [" + functions + "]}";
            string more = (ToolsJson ?? "").Trim();
            if (more.Length == 0)
            {
                return list + "]";
            }
            if (more[0] != '[' || more[more.Length - 1] != ']')
            {
                throw Failure.InvalidArgument("ToolsJson has to be a JSON list of the API's Tool");
            }
            string inner = more.Substring(1, more.Length - 2).Trim();
            return list + (inner.Length > 0 ? ", " + inner : "") + "]";
        }

        private object Find(string name)
        {
            return _values.Find(option => option.Key == name).Value;
        }

        private void Put(string name, object value)
        {
            if (string.IsNullOrEmpty(name))
            {
                throw Failure.InvalidArgument("name of an option is empty");
            }
            _values.RemoveAll(option => option.Key == name);
            if (value != null)
            {
                _values.Add(new KeyValuePair<string, object>(name, value));
            }
        }

        private string GetText(string name) => Find(name) as string;
        private void SetText(string name, string value) => Put(name, value);
        private string GetJson(string name) => (Find(name) as JsonText)?.Text;
        private long? GetInt(string name) => Find(name) as long?;
        private void SetInt(string name, long? value) => Put(name, value);
        private double? GetDouble(string name) => Find(name) as double?;
        private void SetDouble(string name, double? value) => Put(name, value);
        private bool? GetBool(string name) => Find(name) as bool?;
        private void SetBool(string name, bool? value) => Put(name, value);
    }
}
