using System.Globalization;
using System.Text;

namespace Gemlive
{
    // The fields of one command, as the library's JSON forms take them. Null leaves a field out.
    internal sealed class JsonObject
    {
        private readonly StringBuilder _text = new StringBuilder("{");

        public JsonObject Add(string name, string value)
        {
            return AddJson(name, value == null ? null : LiveLibrary.QuoteJson(value));
        }

        public JsonObject Add(string name, bool? value)
        {
            return AddJson(name, value == null ? null : value.Value ? "true" : "false");
        }

        public JsonObject Add(string name, long? value)
        {
            return AddJson(name, value?.ToString(CultureInfo.InvariantCulture));
        }

        public JsonObject AddJson(string name, string json)
        {
            if (json != null)
            {
                _text.Append(_text.Length > 1 ? ", \"" : "\"").Append(name).Append("\": ").Append(json);
            }
            return this;
        }

        public override string ToString() => _text + "}";
    }
}
