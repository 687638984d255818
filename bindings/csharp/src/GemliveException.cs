using System;

namespace Gemlive
{
    /// <summary>A call that failed: what it was in one word, and in a sentence.</summary>
    public sealed class GemliveException : Exception
    {
        /// <summary>What to do about it. A status that this version does not know is Internal.</summary>
        public GemliveStatus Status { get; }

        internal GemliveException(GemliveStatus status, string message)
            : base(message.Length > 0 ? message : status.ToString())
        {
            bool known = status <= GemliveStatus.Ok && status >= GemliveStatus.Internal;
            Status = known ? status : GemliveStatus.Internal;
        }
    }
}
