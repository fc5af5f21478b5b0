using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural;

/// <summary>Products in bfloat16 with float32 weights (Micikevicius et al. 2018), by libtorch's own switch: TorchSharp has none.</summary>
/// <remarks>The switch belongs to the thread. What must stay exact, such as spectral norm, suspends it.</remarks>
internal static unsafe class Autocast
{
    private const sbyte BFloat16 = 15;
    private static readonly Lazy<Functions?> functions = new(Find);

    // The device type that this thread computes in bfloat16 on.
    [ThreadStatic]
    private static sbyte? active;

    /// <summary>Whether this libtorch has the switch.</summary>
    public static bool IsThere => functions.Value is not null;

    /// <summary>Computes in bfloat16 until the result is disposed of; nothing where there is no switch.</summary>
    public static IDisposable? Start(DeviceType type) => functions.Value is { } found ? Change((sbyte)type, found) : null;

    /// <summary>Computes in float32 until the result is disposed of.</summary>
    public static IDisposable? Suspend() => active is not null && functions.Value is { } found ? Change(null, found) : null;

    private static Undo Change(sbyte? type, Functions found)
    {
        var before = active;
        Set(type, before, found);
        return new Undo(() => Set(before, type, found));
    }

    private static void Set(sbyte? type, sbyte? before, Functions found)
    {
        if (before is { } old) found.Enable(old, 0);
        if (type is { } now)
        {
            found.SetType(now, BFloat16);
            found.Enable(now, 1);
        }

        active = type;
    }

    private static Functions? Find()
    {
        // The names as the compilers of Linux write them.
        const string Namespace = "_ZN2at8autocast";
        if (!LibtorchExports.TryFind(Namespace + "20set_autocast_enabledEN3c1010DeviceTypeEb", out var enable)
            || !LibtorchExports.TryFind(Namespace + "18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE", out var type)
            || !LibtorchExports.TryFind(Namespace + "26set_autocast_cache_enabledEb", out var cache)) return null;
        return new Functions(enable, type, cache);
    }

    /// <summary>libtorch's functions.</summary>
    private sealed class Functions(nint enable, nint type, nint cache)
    {
        private readonly delegate* unmanaged<sbyte, byte, void> enable = (delegate* unmanaged<sbyte, byte, void>)enable;
        private readonly delegate* unmanaged<sbyte, sbyte, void> type = (delegate* unmanaged<sbyte, sbyte, void>)type;
        private readonly delegate* unmanaged<byte, void> cache = (delegate* unmanaged<byte, void>)cache;

        public void Enable(sbyte device, byte on)
        {
            // A kept copy of a weight would outlive its next update.
            cache(0);
            enable(device, on);
        }

        public void SetType(sbyte device, sbyte precision) => type(device, precision);
    }

    private sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}

/// <summary>Functions of libtorch that TorchSharp does not pass on; their names belong to a version of it, and may be missing.</summary>
internal static unsafe class LibtorchExports
{
    /// <summary>The library's own version; null where it does not say.</summary>
    public static string? Version
    {
        get
        {
            if (!TryFind("aoti_torch_abi_version", out var function)) return null;
            // A byte each from the highest down: major, minor, patch.
            var version = ((delegate* unmanaged<ulong>)function)();
            return FormattableString.Invariant($"{version >> 56}.{(version >> 48) & 0xff}.{(version >> 40) & 0xff}");
        }
    }

    /// <summary>Lets cuDNN try its algorithms for each new shape and keep the fastest.</summary>
    public static void TimeConvolutions()
    {
        if (!TryFind("_ZN2at13globalContextEv", out var context) || !TryFind("_ZN2at7Context17setBenchmarkCuDNNEb", out var set)) return;
        ((delegate* unmanaged<void*, byte, void>)set)(((delegate* unmanaged<void*>)context)(), 1);
    }

    /// <summary>Finds one by its name in the library.</summary>
    public static bool TryFind(string name, out nint function)
    {
        function = 0;
        TorchRuntime.EnsureLoaded();
        return NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library)
            && NativeLibrary.TryGetExport(library, name, out function);
    }
}
