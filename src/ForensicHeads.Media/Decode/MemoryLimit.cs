using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ForensicHeads.Media.Decode;

/// <summary>Bounds the memory of a child process, so that a file that makes a decoder grow ends the decoder and not the machine. Linux
/// only; elsewhere nothing is bounded.</summary>
internal static partial class MemoryLimit
{
    // RLIMIT_DATA of Linux: bytes that may be written and are the process's own. Address space would not do: a .NET process reserves far
    // more than it uses.
    private const int OwnData = 2;

    /// <summary>Sets the limit of a process that was just started; a process that has ended by now needs none.</summary>
    internal static void Set(Process process, long bytes)
    {
        if (!OperatingSystem.IsLinux()) return;
        var limit = new Limit { Soft = (nuint)bytes, Hard = (nuint)bytes };
        // A failure leaves the decoder unbounded, as where there is no such call; its time is bounded all the same.
        _ = SetLimit(process.Id, OwnData, in limit, 0);
    }

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int SetLimit(int process, int resource, in Limit wanted, nint former);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
