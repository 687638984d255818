namespace Gemlive
{
    /// <summary>
    /// An event of a type that this version of the binding does not know: ignore it, or show its JSON.
    /// </summary>
    public sealed class UnknownEvent : LiveEvent
    {
        internal UnknownEvent(EventReader reader) : base(reader)
        {
        }
    }
}
