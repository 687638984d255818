using System.Threading;
using System.Threading.Tasks;

namespace Gemlive
{
    // Says once for each time that events may have arrived. Remembered when nobody waits.
    internal sealed class Arrivals
    {
        private readonly object _lock = new object();
        private TaskCompletionSource<bool> _waiter;
        private bool _arrived;

        public Arrivals(long token)
        {
            Token = token;
        }

        public long Token { get; }

        public void Set()
        {
            lock (_lock)
            {
                // A waiter that was cancelled cannot take it: the next one has to.
                _arrived = _waiter == null || !_waiter.TrySetResult(true);
                _waiter = null;
            }
        }

        public async Task WaitAsync(CancellationToken stop)
        {
            TaskCompletionSource<bool> waiter;
            lock (_lock)
            {
                if (_arrived)
                {
                    _arrived = false;
                    return;
                }
                // Code that waits must not run on the thread that says so.
                waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiter = waiter;
            }
            using (stop.Register(state => ((TaskCompletionSource<bool>)state).TrySetCanceled(), waiter))
            {
                await waiter.Task.ConfigureAwait(false);
            }
        }
    }
}
