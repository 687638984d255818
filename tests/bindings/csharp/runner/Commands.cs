using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Gemlive;

// The commands of docs/talk.md.
internal static class Commands
{
    public const int PlayRate = 24000;
    private const long WaitMs = 10000;

    private sealed class Command
    {
        public readonly string Name;
        // Null: a command of docs/events.md that this version lacks.
        public readonly Func<Context, Json, Result> Run;
        public readonly Field[] Fields;

        public Command(string name, Func<Context, Json, Result> run = null, params Field[] fields)
        {
            Name = name;
            Run = run;
            Fields = fields;
        }
    }

    private static readonly Field File = new Field("file", Field.Type.Text, true);
    private static readonly Field Pacing = new Field("pace", Field.Type.Text, words: "realtime none");
    private static readonly Field Ms = new Field("ms", Field.Type.Whole, true);
    private static readonly Field TimeoutMs = new Field("timeout_ms", Field.Type.Whole);

    private static readonly Command[] Table =
    {
        new Command("push_audio", PushAudio, File, Pacing, new Field("chunk_ms", Field.Type.Whole, least: 1, most: 10000),
                    new Field("from_ms", Field.Type.Whole), new Field("to_ms", Field.Type.Whole),
                    new Field("background", Field.Type.Truth)),
        new Command("push_silence", (context, command) => context.AudioIn.PushSilence(command["ms"].Whole, IsPaced(command)),
                    Ms, Pacing),
        new Command("push_video", PushVideo, File, new Field("every_ms", Field.Type.Whole),
                    new Field("count", Field.Type.Whole, least: 1, most: 1000000), new Field("width", Field.Type.Whole),
                    new Field("height", Field.Type.Whole), new Field("format", Field.Type.Text),
                    new Field("stride", Field.Type.Whole, least: -1000000, most: 1000000),
                    new Field("rotation", Field.Type.Whole)),
        new Command("send_text", SendText, new Field("text", Field.Type.Text, true, codeUnits: true),
                    new Field("turn_complete", Field.Type.Truth)),
        new Command("generate_reply", GenerateReply, new Field("instructions", Field.Type.Text, codeUnits: true),
                    new Field("text", Field.Type.Text), TimeoutMs, new Field("tool_choice", Field.Type.Text)),
        new Command("tool_response", ToolResponse, new Field("call", Field.Type.Text, true),
                    new Field("output", Field.Type.Any), new Field("error", Field.Type.Text),
                    new Field("scheduling", Field.Type.Text, words: "SILENT WHEN_IDLE INTERRUPT"),
                    new Field("will_continue", Field.Type.Truth)),
        new Command("start_user_activity", (context, _) => Done(context.Session.StartUserActivity)),
        new Command("end_user_activity", (context, _) => Done(context.Session.EndUserActivity)),
        new Command("commit_audio", (context, _) => Done(context.Session.CommitAudio)),
        new Command("clear_audio", (context, _) => Done(context.Session.ClearAudio)),
        new Command("audio_stream_end", (context, _) => Done(context.Session.AudioStreamEnd)),
        new Command("interrupt", (context, _) => Done(context.Session.Interrupt)),
        new Command("truncate", Truncate, new Field("turn", Field.Type.Text, true),
                    new Field("heard_ms", Field.Type.Whole, true)),
        new Command("update_instructions", UpdateInstructions, new Field("instructions", Field.Type.Text, true, codeUnits: true)),
        new Command("update_tools", (context, command) => Done(() => context.Session.UpdateTools(command["tools"].Line(true))),
                    new Field("tools", Field.Type.Any, true)),
        new Command("update_options", (context, command) => Done(() => context.Session.UpdateOptionsJson(FieldsOf(command))),
                    Field.AnyOther),
        new Command("update_model_options",
                    (context, command) => Done(() => context.Model.UpdateOptionsJson(FieldsOf(command))), Field.AnyOther),
        new Command("update_chat_context",
                    (context, command) => Done(() => context.Session.UpdateChatContext(command["items"].Line(true))),
                    new Field("items", Field.Type.Any, true)),
        new Command("get_chat_context", (context, _) => ReadJson("items", context.Session.GetChatContext())),
        new Command("save", (context, _) => ReadJson("saved", context.Session.Save())),
        new Command("get_open_calls", (context, _) => ReadJson("calls", context.Session.GetOpenCalls())),
        new Command("get_tools", (context, _) => ReadJson("tools", context.Session.GetTools())),
        new Command("get_capabilities", (context, _) => ReadJson("capabilities", context.Session.GetCapabilities())),
        new Command("read_audio", ReadAudio, Ms, new Field("sample_rate", Field.Type.Whole, least: 1000, most: 384000),
                    new Field("channels", Field.Type.Whole, least: 1, most: 16)),
        new Command("mute", (context, command) => Done(() => context.Session.Mute(command["on"].IsTrue)),
                    new Field("on", Field.Type.Truth, true)),
        new Command("network_changed"),
        new Command("pause"),
        new Command("resume"),
        new Command("send_raw", (context, command) => Done(() => context.Session.SendRaw(command["message"].Line(true))),
                    new Field("message", Field.Type.Object, true)),
        new Command("wait", (context, command) => context.Conversation.Log.Wait(
                        command["event"], WholeOr(command, "timeout_ms", WaitMs), context.Stop),
                    new Field("event", Field.Type.Object, true), TimeoutMs),
        new Command("sleep", (context, command) => Pace.Sleep(command["ms"].Whole, context.Stop)
                        ? new Result()
                        : Result.Failed(GemliveStatus.Cancelled, "stopped while sleeping"), Ms),
        new Command("close", Close, new Field("drain", Field.Type.Truth), TimeoutMs),
    };

    public static string NameOf(Json command) => command["do"]?.TextOr("") ?? "";

    public static Result Run(Context context, Json command)
    {
        string name = NameOf(command);
        if (name == "")
        {
            return Result.InvalidArgument("a command is a JSON object with a string field 'do'");
        }
        Command found = Table.FirstOrDefault(known => known.Name == name);
        if (found == null)
        {
            return Result.InvalidArgument("'" + name + "' is no command; allowed: " +
                                          string.Join(", ", Table.Select(known => known.Name)));
        }
        if (found.Run == null)
        {
            return Result.Failed(GemliveStatus.Unsupported, name + " is not in this version");
        }
        string wrong = Field.Check(command, found.Fields);
        if (wrong != null)
        {
            return Result.InvalidArgument(wrong);
        }
        try
        {
            return found.Run(context, command);
        }
        catch (GemliveException failure)
        {
            return Result.Of(failure);
        }
        catch (IOException failure)
        {
            return Result.InvalidArgument(failure.Message);
        }
    }

    public static long WholeOr(Json command, string name, long other) => command[name]?.Whole ?? other;

    private static Result Done(Action call)
    {
        call();
        return new Result();
    }

    private static bool IsPaced(Json command) => (command["pace"]?.Value ?? "realtime") == "realtime";

    private static Result WithRequest(long request)
    {
        Result result = new Result();
        return request == 0 ? result : result.With("request", Json.Quote("request-" + request));
    }

    private static Result PushAudio(Context context, Json command)
    {
        string path = context.FileOf(command);
        long from = WholeOr(command, "from_ms", 0);
        long to = WholeOr(command, "to_ms", -1);
        long chunk = WholeOr(command, "chunk_ms", 20);
        if (to >= 0 && to < from)
        {
            return Result.InvalidArgument("'to_ms' has to be at least from_ms, which is " + from);
        }
        return command["background"]?.IsTrue ?? false
            ? context.AudioIn.PushInBackground(path, from, to, IsPaced(command), chunk, context.BackgroundEnded)
            : context.AudioIn.PushFile(path, from, to, IsPaced(command), chunk);
    }

    private static Result PushVideo(Context context, Json command)
    {
        bool raw = command["width"] != null || command["height"] != null || command["format"] != null;
        Picture picture = raw ? null : new Picture(context.FileOf(command));
        byte[] pixels = raw ? System.IO.File.ReadAllBytes(context.FileOf(command)) : null;
        long count = WholeOr(command, "count", 1);
        long every = WholeOr(command, "every_ms", 1000);
        Stopwatch since = Stopwatch.StartNew();
        for (long number = 0; number < count; ++number)
        {
            if (!Pace.WaitUntil(since, number * every, context.Stop))
            {
                return Result.Failed(GemliveStatus.Cancelled, "stopped after " + number + " pictures");
            }
            if (raw)
            {
                PixelFormat format = (PixelFormat)Enum.Parse(typeof(PixelFormat), command["format"].TextOr(""), true);
                context.Session.PushVideo(new VideoFrame(format, (int)WholeOr(command, "width", 0),
                                                         (int)WholeOr(command, "height", 0), pixels)
                {
                    FirstStride = (int)WholeOr(command, "stride", 0),
                    Rotation = (int)WholeOr(command, "rotation", 0)
                });
            }
            else
            {
                context.Session.PushImage(picture.Bytes, picture.MimeType);
            }
        }
        return new Result();
    }

    private static Result SendText(Context context, Json command)
    {
        string units = Field.FromCodeUnits(command, "text");
        if (units != null && command["turn_complete"] != null)
        {
            return StandsAlone("text_code_units");
        }
        bool complete = command["turn_complete"]?.IsTrue ?? true;
        return WithRequest(context.Session.SendText(units ?? command["text"].Value, complete));
    }

    private static Result GenerateReply(Context context, Json command)
    {
        string units = Field.FromCodeUnits(command, "instructions");
        if (units != null && (command["text"] != null || command["timeout_ms"] != null || command["tool_choice"] != null))
        {
            return StandsAlone("instructions_code_units");
        }
        return WithRequest(context.Session.GenerateReply(units ?? command["instructions"]?.Value, command["text"]?.Value,
                                                         command["timeout_ms"]?.Whole, command["tool_choice"]?.Value));
    }

    // The fields alone, as one object.
    private static string FieldsOf(Json command)
    {
        return "{" + string.Join(",", command.Members.Where(member => member.Key != "do")
                                             .Select(member => Json.Quote(member.Key) + ":" + member.Value.Line(true))) + "}";
    }

    private static Result UpdateInstructions(Context context, Json command)
    {
        string units = Field.FromCodeUnits(command, "instructions");
        return Done(() => context.Session.UpdateInstructions(units ?? command["instructions"].Value));
    }

    private static Result StandsAlone(string field)
    {
        return Result.InvalidArgument("'" + field + "' has to be the only field");
    }

    private static Result ToolResponse(Context context, Json command)
    {
        context.Session.ToolResponse(command["call"].Value, command["output"]?.Line(true), command["error"]?.Value,
                                     command["scheduling"]?.Value, command["will_continue"]?.IsTrue);
        return new Result();
    }

    private static Result ReadAudio(Context context, Json command)
    {
        if (context.Playing)
        {
            return Result.Failed(GemliveStatus.InvalidState, "--out or --record pulls the playout already");
        }
        int rate = (int)WholeOr(command, "sample_rate", PlayRate);
        int channels = (int)WholeOr(command, "channels", 1);
        context.SetOutputFormat(rate, channels);
        long frames = command["ms"].Whole * rate / 1000;
        long pulled;
        long heard;
        Playout.Pull(context.Session, rate, channels, frames, context.Stop, out pulled, out heard);
        Result result = pulled < frames ? Result.Failed(GemliveStatus.Cancelled, "stopped before the end") : new Result();
        return result.With("frames", pulled).With("heard", heard);
    }

    private static Result Truncate(Context context, Json command)
    {
        ulong turn = ulong.Parse(command["turn"].TextOr("").Substring("turn-".Length), CultureInfo.InvariantCulture);
        return Done(() => context.Session.Truncate(turn, command["heard_ms"].Whole));
    }

    private static Result ReadJson(string field, string json) => new Result().With(field, Json.Parse(json).Line(false));

    private static Result Close(Context context, Json command)
    {
        context.AudioIn.Stop();
        context.AudioIn.Join();
        long? timeout = command["timeout_ms"]?.Whole;
        context.CloseTimeoutMs = Math.Max(context.CloseTimeoutMs, timeout ?? 0);
        context.Session.Finish(command["drain"]?.IsTrue ?? false, timeout);
        return new Result();
    }
}
