using System;
using System.Collections.Generic;
using System.Linq;

// What fields a command may have.
internal sealed class Field
{
    public enum Type { Text, Whole, Truth, Object, Any }

    // Of a command whose fields the library knows.
    public static readonly Field AnyOther = new Field("*", Type.Any);

    public readonly string Name;
    private readonly Type _type;
    private readonly bool _required;
    private readonly long _least;
    private readonly long _most;
    private readonly string[] _words;
    private readonly bool _codeUnits;

    // codeUnits: may also be given as NAME_code_units, UTF-16 code units, which can say what JSON's strings
    // cannot.
    public Field(string name, Type type, bool required = false, long least = 0, long most = 86400000, string words = "",
                 bool codeUnits = false)
    {
        _codeUnits = codeUnits;
        Name = name;
        _type = type;
        _required = required;
        _least = least;
        _most = most;
        _words = words.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
    }

    // What is wrong with a command, or null.
    public static string Check(Json command, Field[] fields)
    {
        if (fields.Contains(AnyOther))
        {
            return null;
        }
        foreach (KeyValuePair<string, Json> member in command.Members.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (member.Key == "do")
            {
                continue;
            }
            Field units = fields.FirstOrDefault(known => known._codeUnits && known.UnitsName == member.Key);
            if (units != null)
            {
                if (!AreCodeUnits(member.Value))
                {
                    return "'" + member.Key + "' has to be a list of whole numbers from 0 to 65535, not " +
                           member.Value.Line(true);
                }
                if (command[units.Name] != null)
                {
                    return "'" + member.Key + "' and '" + units.Name + "' exclude each other";
                }
                continue;
            }
            Field field = fields.FirstOrDefault(known => known.Name == member.Key);
            if (field == null)
            {
                string names = string.Join(", ", fields.SelectMany(known => known.Names));
                return "'" + member.Key + "' is no field of " + command["do"].Value + "; allowed: " +
                       (names.Length > 0 ? names : "none but do");
            }
            if (!field.Fits(member.Value))
            {
                return "'" + member.Key + "' has to be " + field.Allowed() + ", not " + member.Value.Line(true);
            }
        }
        Field missing = fields.FirstOrDefault(field => field._required && !field.Names.Any(name => command[name] != null));
        return missing == null ? null : "'" + missing.Name + "' is missing: " + missing.Allowed();
    }

    // The text of NAME_code_units of checked fields, or null.
    public static string FromCodeUnits(Json command, string name)
    {
        Json units = command[name + Suffix];
        return units == null ? null : new string(units.Items.Select(unit => (char)unit.Whole).ToArray());
    }

    private const string Suffix = "_code_units";

    private string UnitsName => Name + Suffix;
    private string[] Names => _codeUnits ? new[] { Name, UnitsName } : new[] { Name };

    private static bool AreCodeUnits(Json value)
    {
        return value.Is == Json.Kind.List &&
               value.Items.All(unit => unit.Is == Json.Kind.Number && unit.Number >= 0 && unit.Number <= 0xFFFF &&
                                       unit.Number.Equals(Math.Truncate(unit.Number)));
    }

    private bool Fits(Json value)
    {
        switch (_type)
        {
        case Type.Text: return value.Is == Json.Kind.Text && (_words.Length == 0 || _words.Contains(value.Value));
        case Type.Whole:
            return value.Is == Json.Kind.Number && value.Number >= _least && value.Number <= _most &&
                   value.Number.Equals(Math.Truncate(value.Number));
        case Type.Truth: return value.Is == Json.Kind.Truth;
        case Type.Object: return value.Is == Json.Kind.Object;
        default: return true;
        }
    }

    private string Allowed()
    {
        switch (_type)
        {
        case Type.Text:
            return _words.Length == 0 ? "a string" : string.Join(" or ", _words.Select(word => '"' + word + '"'));
        case Type.Whole: return "a whole number from " + _least + " to " + _most;
        case Type.Truth: return "true or false";
        case Type.Object: return "a JSON object";
        default: return "any JSON value";
        }
    }
}
