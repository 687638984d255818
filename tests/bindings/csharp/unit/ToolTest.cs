using System;
using System.Threading;
using System.Threading.Tasks;
using Gemlive;

internal static class ToolTest
{
    private const string CallThenSay =
        "[{'on': 'text', 'do': [{'call': {'name': 'price', 'args': {'item': 'sword'}, 'id': 'call-7'}}]}, " +
        "{'on': 'tool_response', 'do': [{'text': 'Thank you.'}]}]";

    public static void AddTo(Suite suite)
    {
        suite.Add("tool: a handler is called with the arguments, and its answer sent", Answered);
        suite.Add("tool: an answer that comes later is sent then", AnsweredLater);
        suite.Add("tool: a handler is called in the context of who takes the events", InContext);
        suite.Add("tool: a handler that throws answers with its message", Throws);
        suite.Add("tool: a handler that returns no task answers with an error", NoTask);
        suite.Add("tool: an answer that is no JSON answers with an error", NoJson);
        suite.Add("tool: no answer is null", NullAnswer);
        suite.Add("tool: without a handler the program answers", ByHand);
        suite.Add("tool: a cancelled call cancels its token, and is not answered", Cancelled);
        suite.Add("tool: Dispose cancels what runs", CancelledByDispose);
        suite.Add("tool: a handler may dispose of the session", DisposesSession);
        suite.Add("tool: a session's own tools replace the model's", SessionTools);
        suite.Add("tool: ToolsJson is declared beside Tools", ToolsJson);
        suite.Add("tool: names are checked", Names);
    }

    private static LiveTool Price(Func<ToolCall, CancellationToken, Task<string>> handler)
    {
        return LiveTool.Create("price", "The \"price\" of an item.", "{\"type\": \"OBJECT\"}", handler);
    }

    // What the server was answered.
    private static string ResponseTo(Func<ToolCall, CancellationToken, Task<string>> handler)
    {
        using (Emulator emulator = new Emulator(CallThenSay))
        using (LiveSession session = emulator.Start(Price(handler)))
        {
            bool called = false;
            session.SendText("What is it?");
            // The call's own turn is over only when it was answered.
            Check.Result(ConversationTest.Hold(session, e => called = called || e is ToolCall));
            Check.That(called, "the call is an event too");
            string received = emulator.Received();
            int at = received.IndexOf("functionResponses", StringComparison.Ordinal);
            Check.That(at > 0, "it was answered: " + received);
            return received.Substring(at).Replace(" ", "");
        }
    }

    private static void Answered()
    {
        string arguments = null;
        string response = ResponseTo((call, stop) =>
        {
            arguments = call.Arguments;
            Check.Equal("call-7", call.Call, "id");
            return Task.FromResult("{\"coins\": 12}");
        });
        Check.Equal("{\"item\":\"sword\"}", arguments, "arguments");
        Check.That(response.Contains("\"response\":{\"coins\":12}"), response);
    }

    private static void AnsweredLater()
    {
        string response = ResponseTo(async (call, stop) =>
        {
            await Task.Delay(1, stop);
            return "[1, 2]";
        });
        Check.That(response.Contains("\"response\":{\"output\":[1,2]}"), response);
    }

    private static void InContext()
    {
        ReceiveTest.Context context = new ReceiveTest.Context();
        SynchronizationContext found = null;
        using (Emulator emulator = new Emulator(CallThenSay))
        using (LiveSession session = emulator.Start(Price((call, stop) =>
        {
            found = SynchronizationContext.Current;
            return Task.FromResult("{}");
        })))
        {
            session.SendText("What is it?");
            Check.Result(context.Begin(() => ConversationTest.Hold(session)));
            Check.That(ReferenceEquals(context, found), "as in a user interface");
        }
    }

    private static void Throws()
    {
        string response = ResponseTo((call, stop) => { throw new InvalidOperationException("sold out"); });
        Check.That(response.Contains("\"response\":{\"error\":\"soldout\"}"), response);
    }

    private static void NoTask()
    {
        Check.That(ResponseTo((call, stop) => null).Contains("\"response\":{\"error\":"), "an error");
    }

    private static void NoJson()
    {
        string response = ResponseTo((call, stop) => Task.FromResult("twelve coins"));
        Check.That(response.Contains("\"response\":{\"error\":") && response.Contains("JSON"), response);
    }

    private static void NullAnswer()
    {
        string response = ResponseTo((call, stop) => Task.FromResult<string>(null));
        Check.That(response.Contains("\"response\":{\"output\":null}"), response);
    }

    private static void ByHand()
    {
        using (Emulator emulator = new Emulator(CallThenSay))
        using (LiveSession session = emulator.Start(Price(null)))
        {
            session.SendText("What is it?");
            ToolCall call = Dead.Take<ToolCall>(session);
            Check.Equal("price", call.Name, "name");
            Check.Fails(GemliveStatus.InvalidArgument, () => call.Respond("twelve coins"));
            Check.Fails(GemliveStatus.InvalidArgument, () => session.ToolResponse("another", "{}"));
            call.RespondError("sold out");
            Check.Fails(GemliveStatus.InvalidState, () => call.Respond("{}"));
            Check.Equal("Thank you.", Dead.Take<Text>(session).Value, "the reply");
        }
    }

    private static void Cancelled()
    {
        const string Server = "[{'on': {'text': 'look'}, 'do': [{'call': {'name': 'price', 'args': {}}}]}, " +
                              "{'on': {'text': 'never'}, 'do': [{'text': 'As you like.'}]}]";
        using (Emulator emulator = new Emulator(Server))
        {
            TaskCompletionSource<string> never = new TaskCompletionSource<string>();
            CancellationToken token = default(CancellationToken);
            using (LiveSession session = emulator.Start(Price((call, stop) =>
            {
                token = stop;
                return never.Task;
            })))
            {
                session.SendText("Please look.");
                string id = Dead.Take<ToolCall>(session).Call;
                Check.That(!token.IsCancellationRequested, "it runs");
                session.SendText("Never mind.");
                ToolCallsCancelled cancelled = Dead.Take<ToolCallsCancelled>(session);
                Check.Equal(1, cancelled.CallIds.Count, "calls");
                Check.Equal(id, cancelled.CallIds[0], "id");
                Check.That(token.IsCancellationRequested, "its token is cancelled");
                never.SetResult("{}");
                Check.Equal("As you like.", Dead.Take<Text>(session).Value, "the conversation goes on");
                Check.That(!emulator.Received().Contains("functionResponses"), "no answer");
            }
        }
    }

    private static void CancelledByDispose()
    {
        using (Emulator emulator = new Emulator(CallThenSay))
        {
            TaskCompletionSource<bool> cancelled = new TaskCompletionSource<bool>();
            LiveSession session = emulator.Start(Price(async (call, stop) =>
            {
                stop.Register(() => { throw new InvalidOperationException("a failing registration does no harm"); });
                stop.Register(() => cancelled.SetResult(true));
                await Task.Delay(Timeout.Infinite, stop);
                return "{}";
            }));
            session.SendText("What is it?");
            Dead.Take<ToolCall>(session);
            session.Dispose();
            Check.That(Check.Result(cancelled.Task), "cancelled");
        }
    }

    private static void DisposesSession()
    {
        using (Emulator emulator = new Emulator(CallThenSay))
        {
            LiveSession session = null;
            session = emulator.Start(Price((call, stop) =>
            {
                call.Session.Dispose();
                return Task.FromResult("{}");
            }));
            session.SendText("What is it?");
            Check.Equal("price", Dead.Take<ToolCall>(session).Name, "the event is still handed out");
            Check.Fails(GemliveStatus.InvalidHandle, () => session.Interrupt());
        }
    }

    private static string ToolsOf(LiveOptions model, LiveOptions session)
    {
        using (LiveModel made = new LiveModel(model))
        using (LiveSession started = made.StartSession(session))
        {
            return started.GetTools();
        }
    }

    private static void SessionTools()
    {
        LiveOptions model = Dead.Options();
        model.Tools.Add(LiveTool.Create("of_the_model", null, null));
        LiveOptions session = new LiveOptions { Tools = { LiveTool.Create("of_the_session", null, null) } };
        Check.That(ToolsOf(model, null).Contains("of_the_model"), "inherited");
        string tools = ToolsOf(model, session);
        Check.That(tools.Contains("of_the_session") && !tools.Contains("of_the_model"), tools);
    }

    private static void ToolsJson()
    {
        LiveOptions options = Dead.Options();
        options.ToolsJson = " [{\"googleSearch\": {}}] ";
        options.Tools.Add(LiveTool.Create("beside", "é\"\n", "{\"type\": \"OBJECT\"}"));
        string tools = ToolsOf(options, null);
        Check.Equal("é\"\n", Json.Parse(tools).Items[0]["functionDeclarations"].Items[0]["description"].Value, "declared");
        Check.That(Json.Parse(tools).Items[1]["googleSearch"] != null, tools);
        options.ToolsJson = "{}";
        Check.Fails(GemliveStatus.InvalidArgument, () => ToolsOf(options, null));
        options.ToolsJson = null;
        options.Tools.Add(null);
        Check.Fails(GemliveStatus.InvalidArgument, () => ToolsOf(options, null));
    }

    private static void Names()
    {
        Check.Fails(GemliveStatus.InvalidArgument, () => LiveTool.Create("", null, null));
        Check.Fails(GemliveStatus.InvalidArgument, () => LiveTool.Create(null, null, null));
        Check.Fails(GemliveStatus.InvalidArgument, () => LiveTool.Create("\uD800", null, null));
    }
}
