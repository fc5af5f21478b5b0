using System.Reflection;
using System.Runtime.InteropServices;

namespace ForensicHeads.Neural;

/// <summary>Which libtorch a build of the toolkit runs on.</summary>
public enum Flavour
{
    /// <summary>The one for the CPU, a package: the default build.</summary>
    Cpu,

    /// <summary>The one for NVIDIA cards from a folder of the user's (<c>-p:Gpu=true</c>).</summary>
    Folder,

    /// <summary>The one for NVIDIA cards from packages (<c>-p:Gpu=packages</c>).</summary>
    Packages,
}

/// <summary>The libtorch of the user's folder: what must lie there, and its loading before TorchSharp looks for one of its own.</summary>
/// <param name="folder">The folder, <c>torch/lib</c> of a PyTorch; null where none was named.</param>
public sealed class LibtorchFolder(string? folder)
{
    /// <summary>The variable that names the folder.</summary>
    public const string Variable = "FORENSICHEADS_LIBTORCH";

    // Each needs those before it.
    private static readonly string[] Libraries = ["libc10.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"];

    /// <summary>The folder that the environment names.</summary>
    public static LibtorchFolder Named => new(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The flavour of this build.</summary>
    public static Flavour Flavour { get; } = typeof(LibtorchFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(item => item.Key == "Gpu")?.Value switch
    {
        "true" => Flavour.Folder,
        "packages" => Flavour.Packages,
        _ => Flavour.Cpu,
    };

    /// <summary>The folder; null where none was named.</summary>
    public string? Path => folder;

    /// <summary>What keeps it from being loaded, in words; null where nothing does.</summary>
    public string? Fault
    {
        get
        {
            if (string.IsNullOrEmpty(folder)) return $"{Variable} names no folder; set it to torch/lib of a PyTorch 2.10.0 for CUDA";
            if (!Directory.Exists(folder)) return $"{Variable} names {folder}, and there is no such folder";
            var missing = Libraries.Where(file => !File.Exists(System.IO.Path.Combine(folder, file))).ToArray();
            return missing.Length == 0 ? null
                : $"{folder} lacks {string.Join(", ", missing)}; {Variable} must name torch/lib of a PyTorch 2.10.0 for CUDA";
        }
    }

    /// <summary>Why the driver of the card cannot be used, in words; null where it loads.</summary>
    public static string? DriverFault => Loads("libcuda.so.1", out _) ? null
        : "libcuda.so.1 does not load; it comes with NVIDIA's driver, which this machine lacks";

    /// <summary>Why <c>libtorch_cuda</c> of the folder does not load, in words; null where it does.</summary>
    public string? CudaFault => Fault ?? (Loads(System.IO.Path.Combine(folder!, "libtorch_cuda.so"), out var why) ? null
        : $"libtorch_cuda.so does not load: {why}");

    /// <summary>Loads it as soon as anything touches TorchSharp, in the flavour that needs it.</summary>
    public static void LoadInTime()
    {
        if (Flavour != Flavour.Folder) return;
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) =>
        {
            if (loaded.LoadedAssembly.GetName().Name == nameof(TorchSharp)) Named.Load();
        };
    }

    /// <summary>Loads what lies there, as far as it loads; what is missing is said by whoever needs it.</summary>
    public void Load()
    {
        if (Fault is not null) return;
        foreach (var library in Libraries) Loads(System.IO.Path.Combine(folder!, library), out _);
    }

    private static bool Loads(string library, out string why)
    {
        why = "";
        try
        {
            NativeLibrary.Load(library);
            return true;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            why = error.Message.ReplaceLineEndings(" ");
            return false;
        }
    }
}
