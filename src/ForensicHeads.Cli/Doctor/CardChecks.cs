using System.Globalization;

namespace ForensicHeads.Cli.Doctor;

/// <summary>What there is to compute on: the build, NVIDIA's driver and cards, and whether the networks can use one.</summary>
internal static class CardChecks
{
    private const string Page = "see docs/gpu.md";

    /// <summary>All findings; only those that the build can use are missed.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var found = await NvidiaCard.AllAsync(cancellation).ConfigureAwait(false);
        var cards = found.Count == 0 ? null : string.Join("; ", found);
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        var findings = new List<Finding>
        {
            new("devices", true, false, string.Create(CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} processors, {memory:0.#} GiB memory; the build is {Build}"), ""),
        };
        if (LibtorchFolder.Flavour == Flavour.Cpu)
        {
            if (cards is not null) findings.Add(new("NVIDIA cards", false, false, $"{cards}; this build does not use them", Page));
            return findings;
        }

        if (LibtorchFolder.Flavour == Flavour.Folder) findings.Add(Of("libtorch_cuda", LibtorchFolder.Named.CudaFault,
            LibtorchFolder.Named.Path ?? ""));
        findings.Add(Of("NVIDIA driver", LibtorchFolder.DriverFault, "libcuda.so.1 loads"));
        findings.Add(Of("NVIDIA cards", cards is null ? "nvidia-smi shows none" : null, cards ?? ""));
        findings.Add(Computing());
        return findings;
    }

    private static string Build => LibtorchFolder.Flavour switch
    {
        Flavour.Folder => $"for NVIDIA cards, with the libtorch of {LibtorchFolder.Variable}",
        Flavour.Packages => "for NVIDIA cards, with libtorch from packages",
        _ => "for the CPU",
    };

    private static Finding Of(string name, string? fault, string detail) =>
        fault is null ? new(name, true, false, detail, "") : new(name, false, false, fault, Page);

    private static Finding Computing()
    {
        try
        {
            if (TorchRuntime.WhyNoCuda is { } why) return new("CUDA", false, false, why, Page);
            var distance = Compute.Choose("cuda").DistanceFromCpu();
            var detail = string.Create(
                CultureInfo.InvariantCulture, $"a convolution differs from the CPU's by {distance:0.#e0} of its size");
            return distance < 1e-3 ? new("CUDA", true, false, detail, "") : new("CUDA", false, false, detail, "use --device cpu");
        }
        catch (Exception error)
        {
            // Whatever a native library fails with, the doctor reports it and goes on.
            return new("CUDA", false, false, error.Message.ReplaceLineEndings(" "), Page);
        }
    }
}
