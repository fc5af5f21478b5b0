using System.Runtime.CompilerServices;
using ForensicHeads.Neural;

namespace ForensicHeads.Cli.Tests;

/// <summary>The tests run many commands in one process, where the number of threads is one for all; bytes are the same for a fixed number only.</summary>
internal static class OneThread
{
    [ModuleInitializer]
    public static void Choose() => TorchRuntime.Threads = 1;
}
