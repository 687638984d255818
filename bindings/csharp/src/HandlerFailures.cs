using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;

namespace Gemlive
{
    // What handlers threw while events were handed out: events go on, the exceptions come afterwards.
    internal sealed class HandlerFailures
    {
        private List<Exception> _failures;

        public void Add(Exception failure)
        {
            _failures = _failures ?? new List<Exception>();
            _failures.Add(failure);
        }

        public void Rethrow()
        {
            if (_failures == null)
            {
                return;
            }
            if (_failures.Count == 1)
            {
                ExceptionDispatchInfo.Capture(_failures[0]).Throw();
            }
            throw new AggregateException("several handlers of events failed", _failures);
        }
    }
}
