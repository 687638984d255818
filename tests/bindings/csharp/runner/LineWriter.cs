using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Gemlive;

// The line of an event, made of nothing but what the typed class says, in the order of the event's own JSON: when
// both are equal, the class has every field, with its value.
internal sealed class LineWriter
{
    private readonly StringBuilder _line = new StringBuilder("{");
    private readonly Json _own;
    private string _name;

    private LineWriter(Json own)
    {
        _own = own;
    }

    public static string Rebuild(LiveEvent e)
    {
        LineWriter writer = new LineWriter(Json.Parse(e.Json));
        foreach (KeyValuePair<string, Json> member in writer._own.Members)
        {
            writer._name = member.Key;
            writer.Any(e, member.Key);
        }
        foreach (string name in writer.Unshown(e))
        {
            writer._name = name;
            writer.Any(e, name);
        }
        return writer._line + "}";
    }

    public bool PutText(string value) => Raw(value == null ? null : Json.Quote(value));
    public bool PutJson(string json) => Raw(json);
    public bool PutInt(long? value) => Raw(value?.ToString(CultureInfo.InvariantCulture));
    public bool PutBool(bool value) => Raw(value ? "true" : "false");

    // The same number may be written in several ways: the library's counts.
    public bool PutDouble(double? value)
    {
        Json written = _own[_name];
        bool same = value != null && written != null && written.Number.Equals(value.Value);
        return Raw(same ? written.Value : value?.ToString("R", CultureInfo.InvariantCulture));
    }

    // What the class says but the JSON does not.
    private IEnumerable<string> Unshown(LiveEvent e)
    {
        List<string> names = new List<string> { "connection", "turn", "request", "utterance" };
        names.AddRange(EventLines.Fields(e));
        names.RemoveAll(name => _own[name] != null);
        return names;
    }

    private void Any(LiveEvent e, string name)
    {
        switch (name)
        {
        case "event": PutText(EventLines.Word(e)); break;
        case "seq": PutInt(e.Seq); break;
        case "time_ms": PutInt(e.TimeMs); break;
        case "connection": PutInt(e.Connection == 0 ? (long?)null : e.Connection); break;
        case "turn": Id(e.Turn); break;
        case "request": Id(e.Request); break;
        case "utterance": Id(e.Utterance); break;
        default: EventLines.Write(e, name, this); break;
        }
    }

    private void Id(long id) => PutText(id == 0 ? null : _name + "-" + id.ToString(CultureInfo.InvariantCulture));

    private bool Raw(string json)
    {
        if (json != null)
        {
            _line.Append(_line.Length > 1 ? "," : "").Append(Json.Quote(_name)).Append(':').Append(json);
        }
        return true;
    }
}
