using System.Runtime.CompilerServices;
using ForensicHeads.Neural;

namespace ForensicHeads.Detector.Tests;

/// <summary>The same weights come out for a fixed number of threads only; and test classes run side by side.</summary>
internal static class OneThread
{
    [ModuleInitializer]
    public static void Choose() => TorchRuntime.Threads = 1;
}
