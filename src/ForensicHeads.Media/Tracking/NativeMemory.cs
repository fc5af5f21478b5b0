using System.Runtime.InteropServices;

namespace ForensicHeads.Media.Tracking;

/// <summary>Gives native memory that nobody holds back to the system.</summary>
internal static partial class NativeMemory
{
    /// <summary>
    /// Gives back what the C library keeps for later. Pictures are worked on side by side, and their native memory is taken and returned on
    /// whichever thread is free: each thread's heap comes to hold what its busiest moment took, so that a long clip's memory would grow.
    /// Does something on Linux with glibc only.
    /// </summary>
    internal static void Trim()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, which keeps its memory otherwise.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
