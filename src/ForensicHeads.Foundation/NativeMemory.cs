using System.Runtime.InteropServices;

namespace ForensicHeads.Foundation;

/// <summary>What the C library does with native memory that nobody holds any more. On Linux with glibc only; elsewhere nothing is
/// changed.</summary>
public static partial class NativeMemory
{
    // Of mallopt(3).
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    /// <summary>
    /// Gives back what the C library keeps for later. Pictures are worked on side by side, and their native memory is taken and returned on
    /// whichever thread is free: each thread's heap comes to hold what its busiest moment took, so that a long clip's memory would grow.
    /// </summary>
    public static void Trim() => OnGlibc(() => _ = Trim(0));

    /// <summary>
    /// Keeps it for the rest of the process. A training step takes and returns the same large blocks again and again; given back each
    /// time, they come as fresh pages, which the system clears first: a twelfth of a step.
    /// </summary>
    public static void Keep() => OnGlibc(() =>
    {
        if (Option(MapThreshold, int.MaxValue) == 0) _ = Option(MapThreshold, 32 << 20);
        _ = Option(TrimThreshold, int.MaxValue);
    });

    private static void OnGlibc(Action call)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            call();
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, which keeps its memory otherwise.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Option(int name, int value);
}
