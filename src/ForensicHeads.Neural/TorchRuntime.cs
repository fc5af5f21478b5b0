using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural;

/// <summary>The native library behind the networks: whether it loads, for which devices, with how many threads.</summary>
public static class TorchRuntime
{
    // 0 while nobody has chosen.
    private static volatile int threads;

    // Asked once: what libtorch answers later depends on the thread that asks and on what other threads have set.
    private static readonly Lazy<int> machine = new(get_num_threads);

    /// <summary>Loads libtorch, and has the C library keep what its tensors give back.</summary>
    /// <exception cref="UserErrorException">It does not load; says what is missing.</exception>
    public static void EnsureLoaded()
    {
        // TorchSharp would look for a libtorch of its own, and write on standard output what it tried.
        if (LibtorchFolder.Flavour == Flavour.Folder && LibtorchFolder.Named.Fault is { } fault)
            throw new UserErrorException($"There is no libtorch: {fault}. See docs/gpu.md.");
        try
        {
            using var probe = DeviceTensors.Zeros(CPU, 1);
        }
        catch (Exception error) when (error is not UserErrorException)
        {
            throw new UserErrorException(
                "TorchSharp's native library does not load. It needs libstdc++ with GLIBCXX_3.4.32 (GCC 13) and libgomp: run "
                    + "./forensicheads doctor for the exact command.", inner: error);
        }

        NativeMemory.Keep();
    }

    /// <summary>Threads that one operation may use; results on the CPU are reproducible for a fixed number.</summary>
    /// <remarks>
    /// libtorch keeps the number of its own pool per calling thread, and that of its matrix library for the process: every network brings
    /// its thread to this number before it computes, and what runs beside a learner computes nothing with libtorch.
    /// </remarks>
    public static int Threads
    {
        get => threads == 0 ? machine.Value : threads;
        set
        {
            threads = value;
            set_num_threads(value);
        }
    }

    internal static void ApplyThreads()
    {
        var wanted = Threads;
        if (get_num_threads() != wanted) set_num_threads(wanted);
    }

    /// <summary>Whether this build and machine have a CUDA device.</summary>
    public static bool HasCuda => CudaFault is null && cuda.is_available();

    /// <summary>Why there is no CUDA device, in words; null where there is one.</summary>
    public static string? WhyNoCuda => CudaFault
        ?? (cuda.is_available() ? null : "libtorch finds no card that it can use; nvidia-smi shows the driver and its cards");

    // What is missing of the libraries: asked before TorchSharp is.
    private static string? CudaFault => LibtorchFolder.Flavour switch
    {
        Flavour.Cpu => "this is the build for the CPU",
        Flavour.Folder => LibtorchFolder.DriverFault ?? LibtorchFolder.Named.CudaFault,
        _ => LibtorchFolder.DriverFault,
    };

    /// <summary>Version of the native library that TorchSharp was made for.</summary>
    public static string Version => __version__;

    /// <summary>Version of the native library that is loaded, as it says itself; null where it does not.</summary>
    public static string? LoadedVersion => LibtorchExports.Version;

    /// <summary>Tensors alive in this process, for leak tests; those that nobody holds any more are collected first.</summary>
    public static long LiveTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
