using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

// Reads JSON text. Throws FormatException with the place of what is wrong.
internal sealed class JsonParser
{
    private readonly string _text;
    private int _at;

    public JsonParser(string text)
    {
        _text = text;
    }

    public Json Whole()
    {
        Json value = Value();
        if (Next() != '\0')
        {
            throw Wrong("the end");
        }
        return value;
    }

    private Json Value()
    {
        switch (Next())
        {
        case '{': return Object();
        case '[': return List();
        case '"': return Json.OfText(Text());
        case 't': return Word("true", Json.Kind.Truth);
        case 'f': return Word("false", Json.Kind.Truth);
        case 'n': return Word("null", Json.Kind.Null);
        default: return Number();
        }
    }

    private Json Object()
    {
        List<KeyValuePair<string, Json>> members = new List<KeyValuePair<string, Json>>();
        ++_at;
        if (!Take('}'))
        {
            do
            {
                if (Next() != '"')
                {
                    throw Wrong("a name");
                }
                string name = Text();
                Expect(':');
                members.Add(new KeyValuePair<string, Json>(name, Value()));
            }
            while (Take(','));
            Expect('}');
        }
        return Json.OfObject(members);
    }

    private Json List()
    {
        List<Json> items = new List<Json>();
        ++_at;
        if (!Take(']'))
        {
            do
            {
                items.Add(Value());
            }
            while (Take(','));
            Expect(']');
        }
        return Json.OfList(items);
    }

    private string Text()
    {
        StringBuilder text = new StringBuilder();
        ++_at;
        while (_at < _text.Length && _text[_at] != '"')
        {
            char letter = _text[_at++];
            text.Append(letter == '\\' ? Escaped() : letter);
        }
        if (_at >= _text.Length)
        {
            throw Wrong("'\"'");
        }
        ++_at;
        return text.ToString();
    }

    private char Escaped()
    {
        char letter = _at < _text.Length ? _text[_at++] : '\0';
        int known = "\"\\/bfnrt".IndexOf(letter);
        if (known >= 0)
        {
            return "\"\\/\b\f\n\r\t"[known];
        }
        ushort code;
        if (letter != 'u' || _at + 4 > _text.Length ||
            !ushort.TryParse(_text.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code))
        {
            throw Wrong("an escape");
        }
        _at += 4;
        return (char)code;
    }

    private Json Word(string word, Json.Kind kind)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
        {
            throw Wrong(word);
        }
        _at += word.Length;
        return Json.Of(kind, kind == Json.Kind.Null ? "" : word);
    }

    private Json Number()
    {
        int begin = _at;
        while (_at < _text.Length && "+-.eE0123456789".IndexOf(_text[_at]) >= 0)
        {
            ++_at;
        }
        string number = _text.Substring(begin, _at - begin);
        double value;
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            throw Wrong("a value");
        }
        return Json.Of(Json.Kind.Number, number);
    }

    private char Next()
    {
        while (_at < _text.Length && " \t\r\n".IndexOf(_text[_at]) >= 0)
        {
            ++_at;
        }
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private bool Take(char wanted)
    {
        bool found = Next() == wanted;
        _at += found ? 1 : 0;
        return found;
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted))
        {
            throw Wrong("'" + wanted + "'");
        }
    }

    private FormatException Wrong(string expected)
    {
        return new FormatException("JSON: expected " + expected + " at character " + _at);
    }
}
