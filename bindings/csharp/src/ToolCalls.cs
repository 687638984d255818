using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Gemlive
{
    // The tools with handlers of one session, and the calls to them that are not answered yet.
    internal sealed class ToolCalls
    {
        private readonly Dictionary<string, LiveTool> _tools = new Dictionary<string, LiveTool>();
        private readonly Dictionary<string, CancellationTokenSource> _open =
            new Dictionary<string, CancellationTokenSource>();

        public ToolCalls(IEnumerable<LiveTool> tools)
        {
            foreach (LiveTool tool in tools)
            {
                if (tool.Handler != null)
                {
                    _tools[tool.Name] = tool;
                }
            }
        }

        public bool Concern(LiveEvent happened)
        {
            return _tools.Count > 0 && (happened is ToolCall || happened is ToolCallsCancelled || happened is Closed);
        }

        public void Follow(LiveEvent happened, bool disposed)
        {
            ToolCall call = happened as ToolCall;
            ToolCallsCancelled cancelled = happened as ToolCallsCancelled;
            LiveTool tool;
            if (call != null)
            {
                if (!disposed && _tools.TryGetValue(call.Name, out tool))
                {
                    Begin(tool, call);
                }
            }
            else if (cancelled != null)
            {
                foreach (string id in cancelled.CallIds)
                {
                    Cancel(Remove(id));
                }
            }
            else
            {
                CancelAll();
            }
        }

        public void CancelAll()
        {
            List<CancellationTokenSource> all;
            lock (_open)
            {
                all = new List<CancellationTokenSource>(_open.Values);
                _open.Clear();
            }
            all.ForEach(Cancel);
        }

        private void Begin(LiveTool tool, ToolCall call)
        {
            CancellationTokenSource stop = new CancellationTokenSource();
            lock (_open)
            {
                _open[call.Call] = stop;
            }
            _ = AnswerAsync(tool, call, stop);
        }

        private async Task AnswerAsync(LiveTool tool, ToolCall call, CancellationTokenSource stop)
        {
            string output = null;
            string error = null;
            try
            {
                output = await tool.Handler(call, stop.Token).ConfigureAwait(false) ?? "null";
            }
            catch (Exception failure)
            {
                error = failure.Message.Length > 0 ? failure.Message : failure.GetType().Name;
            }
            Remove(call.Call);
            if (!stop.IsCancellationRequested)
            {
                Answer(call, output, error);
            }
        }

        // Nobody is left to be told when the session ended or the program answered by itself meanwhile.
        private static void Answer(ToolCall call, string output, string error)
        {
            try
            {
                call.Session.ToolResponse(call.Call, output, error);
            }
            catch (GemliveException refused) when (refused.Status == GemliveStatus.InvalidArgument)
            {
                AnswerWith(call, refused.Message);
            }
            catch (GemliveException)
            {
            }
        }

        // The model must not wait for ever because a handler's text was no JSON.
        private static void AnswerWith(ToolCall call, string error)
        {
            try
            {
                call.RespondError(error);
            }
            catch (GemliveException)
            {
            }
        }

        private CancellationTokenSource Remove(string call)
        {
            lock (_open)
            {
                CancellationTokenSource stop;
                _open.TryGetValue(call, out stop);
                _open.Remove(call);
                return stop;
            }
        }

        private static void Cancel(CancellationTokenSource stop)
        {
            try
            {
                stop?.Cancel();
            }
            catch (AggregateException)
            {
                // Thrown by what the handler registered at its token; it belongs to the handler, which goes on
                // alone.
            }
        }
    }
}
