using System.Runtime.CompilerServices;

// What only a native object of the future can show is tried from inside.
[assembly: InternalsVisibleTo("tests")]
