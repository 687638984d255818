#if NETSTANDARD2_1_OR_GREATER || NETCOREAPP3_0_OR_GREATER
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Gemlive
{
    public sealed partial class LiveSession
    {
        /// <summary>
        /// All events until the Closed event, for await foreach. Otherwise as <see cref="NextAsync"/>.
        /// </summary>
        /// <param name="stop">ends it; no event is lost</param>
        public async IAsyncEnumerable<LiveEvent> Events([EnumeratorCancellation] CancellationToken stop = default)
        {
            LiveEvent next;
            while ((next = await NextAsync(stop)) != null)
            {
                yield return next;
            }
        }
    }
}
#endif
