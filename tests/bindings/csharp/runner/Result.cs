using System.Collections.Generic;
using System.Text;
using Gemlive;

// How a command ended: the line that answers it.
internal sealed class Result
{
    private readonly List<KeyValuePair<string, string>> _fields = new List<KeyValuePair<string, string>>();

    public GemliveStatus Status { get; set; } = GemliveStatus.Ok;
    public string Message { get; set; } = "";
    public bool IsOk => Status == GemliveStatus.Ok;

    public static Result Failed(GemliveStatus status, string message) => new Result { Status = status, Message = message };

    public static Result InvalidArgument(string message) => Failed(GemliveStatus.InvalidArgument, message);

    public static Result Of(GemliveException failure) => Failed(failure.Status, failure.Message);

    public Result With(string name, string json)
    {
        _fields.Add(new KeyValuePair<string, string>(name, json));
        return this;
    }

    public Result With(string name, long number) => With(name, Json.OfNumber(number).Line(false));

    public string Line(string command)
    {
        StringBuilder line = new StringBuilder("{\"result\":").Append(Json.Quote(command));
        line.Append(",\"status\":").Append(Json.Quote(LiveLibrary.StatusName(Status)));
        line.Append(",\"message\":").Append(Json.Quote(Message));
        foreach (KeyValuePair<string, string> field in _fields)
        {
            line.Append(',').Append(Json.Quote(field.Key)).Append(':').Append(field.Value);
        }
        return line.Append('}').ToString();
    }
}
