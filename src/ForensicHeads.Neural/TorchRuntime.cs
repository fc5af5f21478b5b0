using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural;

/// <summary>The native library behind the networks: whether it loads, on which device, with how many threads.</summary>
public static class TorchRuntime
{
    // 0 while nobody has chosen.
    private static volatile int threads;

    // Asked once: what libtorch answers later depends on the thread that asks and on what other threads have set.
    private static readonly Lazy<int> machine = new(get_num_threads);

    /// <summary>Where networks and what goes into them are made, the same for the whole process: the CPU in this version.</summary>
    public static Device Device { get; internal set; } = CPU;

    /// <summary>Loads libtorch.</summary>
    /// <exception cref="UserErrorException">It does not load; says what is missing.</exception>
    public static void EnsureLoaded()
    {
        try
        {
            using var probe = zeros(1);
        }
        catch (Exception error) when (error is not UserErrorException)
        {
            throw new UserErrorException(
                "TorchSharp's native library does not load. It needs libstdc++ with GLIBCXX_3.4.32 (GCC 13) and libgomp: run "
                    + "./forensicheads doctor for the exact command.", inner: error);
        }
    }

    /// <summary>Chooses the device: <c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    /// <exception cref="UserErrorException">Unknown name, or <c>cuda</c> where there is none.</exception>
    public static Device Choose(string name)
    {
        EnsureLoaded();
        return name switch
        {
            "cpu" => CPU,
            "auto" => cuda.is_available() ? CUDA : CPU,
            "cuda" when cuda.is_available() => CUDA,
            "cuda" =>
                throw new UserErrorException(
                    "No CUDA device can be used here: this build or machine has none. Use --device cpu, or build with -p:Gpu=true on a "
                + "machine with an NVIDIA GPU."),
            _ => throw new UserErrorException($"Unknown device '{name}'. Use auto, cpu or cuda.", exitCode: 2),
        };
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
    public static bool HasCuda => cuda.is_available();

    /// <summary>Version of the native library.</summary>
    public static string Version => __version__;

    /// <summary>Tensors alive in this process, for leak tests; those that nobody holds any more are collected first.</summary>
    public static long LiveTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
