using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

// A JSON value. Objects keep the order of their members, numbers their text.
public sealed class Json
{
    public enum Kind { Null, Truth, Number, Text, List, Object }

    private static readonly IReadOnlyList<Json> NoItems = new Json[0];

    public Kind Is { get; private set; }
    // Of a text; of a number or truth as it is written.
    public string Value { get; private set; } = "";
    public IReadOnlyList<Json> Items { get; private set; } = NoItems;
    public IReadOnlyList<KeyValuePair<string, Json>> Members { get; private set; } = new KeyValuePair<string, Json>[0];

    public static Json Parse(string text) => new JsonParser(text).Whole();

    public static Json Of(Kind kind, string value) => new Json { Is = kind, Value = value };
    public static Json OfText(string text) => Of(Kind.Text, text);
    public static Json OfNumber(long number) => Of(Kind.Number, number.ToString(CultureInfo.InvariantCulture));
    public static Json OfList(IReadOnlyList<Json> items) => new Json { Is = Kind.List, Items = items };

    // Of two members with the same name the last one counts.
    public static Json OfObject(IEnumerable<KeyValuePair<string, Json>> members)
    {
        List<KeyValuePair<string, Json>> kept = new List<KeyValuePair<string, Json>>();
        foreach (KeyValuePair<string, Json> member in members)
        {
            int same = kept.FindIndex(other => other.Key == member.Key);
            if (same >= 0)
            {
                kept[same] = member;
            }
            else
            {
                kept.Add(member);
            }
        }
        return new Json { Is = Kind.Object, Members = kept };
    }

    // The member, or null where there is none.
    public Json this[string name] => Members.FirstOrDefault(member => member.Key == name).Value;

    public string TextOr(string other) => Is == Kind.Text ? Value : other;
    public double Number => double.Parse(Value, NumberStyles.Float, CultureInfo.InvariantCulture);
    public long Whole => IsInteger ? long.Parse(Value, CultureInfo.InvariantCulture) : (long)Number;
    public bool IsTrue => Is == Kind.Truth && Value == "true";

    // Objects match as subsets at every depth, everything else by equality.
    public bool Matches(Json value)
    {
        if (Is != Kind.Object || value.Is != Kind.Object)
        {
            return Equal(this, value);
        }
        return Members.All(wanted => value[wanted.Key] != null && wanted.Value.Matches(value[wanted.Key]));
    }

    // One line without spaces; sorted: members in the order of their names' bytes.
    public string Line(bool sorted)
    {
        StringBuilder line = new StringBuilder();
        Write(line, sorted);
        return line.ToString();
    }

    public static string Quote(string text)
    {
        StringBuilder line = new StringBuilder("\"");
        foreach (char letter in text)
        {
            int known = "\"\\\b\f\n\r\t".IndexOf(letter);
            if (known >= 0)
            {
                line.Append('\\').Append("\"\\bfnrt"[known]);
            }
            else if (letter < ' ')
            {
                line.Append("\\u").Append(((int)letter).ToString("x4"));
            }
            else
            {
                line.Append(letter);
            }
        }
        return line.Append('"').ToString();
    }

    private bool IsInteger => Value.IndexOfAny(new[] { '.', 'e', 'E' }) < 0;

    private static bool Equal(Json one, Json other)
    {
        if (one.Is != other.Is)
        {
            return false;
        }
        switch (one.Is)
        {
        case Kind.Number:
            return one.IsInteger && other.IsInteger ? one.Value == other.Value : one.Number.Equals(other.Number);
        case Kind.List:
            return one.Items.Count == other.Items.Count &&
                   Enumerable.Range(0, one.Items.Count).All(at => Equal(one.Items[at], other.Items[at]));
        case Kind.Object:
            return one.Members.Count == other.Members.Count &&
                   one.Members.All(member => other[member.Key] != null && Equal(member.Value, other[member.Key]));
        default:
            return one.Value == other.Value;
        }
    }

    private void Write(StringBuilder line, bool sorted)
    {
        switch (Is)
        {
        case Kind.Null:
            line.Append("null");
            break;
        case Kind.Text:
            line.Append(Quote(Value));
            break;
        case Kind.List:
            line.Append('[');
            for (int at = 0; at < Items.Count; ++at)
            {
                line.Append(at > 0 ? "," : "");
                Items[at].Write(line, sorted);
            }
            line.Append(']');
            break;
        case Kind.Object:
            line.Append('{');
            bool first = true;
            IEnumerable<KeyValuePair<string, Json>> members = Members;
            if (sorted)
            {
                members = members.OrderBy(member => member.Key, StringComparer.Ordinal);
            }
            foreach (KeyValuePair<string, Json> member in members)
            {
                line.Append(first ? "" : ",").Append(Quote(member.Key)).Append(':');
                member.Value.Write(line, sorted);
                first = false;
            }
            line.Append('}');
            break;
        default:
            line.Append(Value);
            break;
        }
    }
}
