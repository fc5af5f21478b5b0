using System.Runtime.InteropServices;
using TorchSharp;

namespace ForensicHeads.Testing;

/// <summary>libtorch's lazy device, which any machine has: as a GPU, it refuses every tensor of another device, and computes what the CPU
/// computes.</summary>
/// <remarks>Compiled into each project whose tests move networks. The device belongs to the process: nothing else may run beside such a
/// test.</remarks>
internal static unsafe class LazyDevice
{
    private static readonly Lazy<torch.Device> device = new(Start);

    /// <summary>The device.</summary>
    public static Compute Compute => Compute.On(device.Value);

    /// <summary>Checks numbers of the device against those of the CPU, the difference as a share of the larger or of 1e-2.</summary>
    public static void AssertNear(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        var pairs = expected.Zip(actual).ToArray();
        Assert.NotEmpty(pairs);
        foreach (var (a, b) in pairs) Assert.InRange(Math.Abs(a - b) / Math.Max(1e-2, Math.Abs(a)), 0, tolerance);
    }

    /// <summary>Computes all that waits; without it, every read computes anew all steps so far.</summary>
    public static void Settle()
    {
        if (!device.IsValueCreated) return;
        var executor = ((delegate* unmanaged<void*>)Find("3GetEv"))();
        var settle = (delegate* unmanaged<void*, void*, void*, nint, byte, void>)Find("20SyncLiveTensorsGraphEPKNS0_13BackendDeviceEN3c108"
            + "ArrayRefINSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEEEb");
        settle(executor, null, null, 0, 1);

        static nint Find(string name) => Export("4lazy17LazyGraphExecutor" + name);
    }

    private static nint Export(string name)
    {
        Assert.True(NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library));
        return NativeLibrary.GetExport(library, "_ZN5torch" + name);
    }

    private static torch.Device Start()
    {
        TorchRuntime.EnsureLoaded();
        // Each graph runs but a few times: to tune it would take most of the time.
        *((delegate* unmanaged<byte*>)Export("3jit15getExecutorModeEv"))() = 0;
        ((delegate* unmanaged<void>)Export("4lazy22InitTorchScriptBackendEv"))();
        // c10::DeviceType::Lazy.
        return new torch.Device((DeviceType)17, 0);
    }
}
