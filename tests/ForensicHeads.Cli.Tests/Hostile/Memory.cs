using System.Globalization;
using System.Runtime.InteropServices;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>The most memory that this process, and any child it waited for, ever had, as the kernel counts it.</summary>
internal static partial class Memory
{
    private const int Children = -1;
    private const int MaximumAt = 4;

    /// <summary>Largest resident set of this process in MiB since <see cref="Reset"/>.</summary>
    public static long OwnPeak =>
        File.ReadLines("/proc/self/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.AsSpan(6, line.Length - 9).Trim(), CultureInfo.InvariantCulture)).First() / 1024;

    /// <summary>Largest resident set of a child in MiB, since the process began.</summary>
    public static long ChildPeak
    {
        get
        {
            // struct rusage: two times of two longs each, then the maximum in KiB and thirteen more.
            var usage = new long[18];
            return GetUsage(Children, usage) == 0 ? usage[MaximumAt] / 1024 : -1;
        }
    }

    /// <summary>Lets <see cref="OwnPeak"/> begin anew.</summary>
    public static void Reset()
    {
        GC.Collect();
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Then the peak is that of the whole process, which is only larger.
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, [In, Out] long[] usage);
}
