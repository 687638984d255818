namespace Gemlive
{
    // Where the flat layer is: a library of its own, or part of the program where only static linking is allowed.
    internal static class Library
    {
#if GEMLIVE_LINKED_IN
        public const string Name = "__Internal";
#else
        public const string Name = "gemlive_csharp";
#endif
    }
}
