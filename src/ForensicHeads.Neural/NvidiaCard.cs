using System.ComponentModel;
using System.Globalization;
using TorchSharp;

namespace ForensicHeads.Neural;

/// <summary>A card as NVIDIA's own tool names it; nothing of libtorch is asked.</summary>
/// <param name="Name">Of its maker.</param>
/// <param name="Memory">In bytes.</param>
/// <param name="Driver">Version of the driver.</param>
public sealed record NvidiaCard(string Name, long Memory, string Driver)
{
    private const long Mebibyte = 1 << 20;

    /// <summary>All cards of this machine; none where <c>nvidia-smi</c> is not here or sees none.</summary>
    public static async Task<IReadOnlyList<NvidiaCard>> AllAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await SystemProgram.RunAsync("nvidia-smi",
                ["--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"], cancellation: cancellation)
                .ConfigureAwait(false);
            return answer.Code != 0 ? [] :
                [.. answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(line => line.Split(", ")).Where(parts => parts.Length == 3)
                    .Select(parts => new NvidiaCard(parts[0], Bytes(parts[1]), parts[2]))];
        }
        catch (Win32Exception)
        {
            return [];
        }
    }

    /// <summary>The card of a computation; null on the CPU, and where the tool does not name it.</summary>
    public static async Task<NvidiaCard?> OfAsync(Compute compute, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(compute);
        if (compute.Device.type != DeviceType.CUDA) return null;
        return (await AllAsync(cancellation).ConfigureAwait(false)).ElementAtOrDefault(Math.Max(0, compute.Device.index));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}, {Memory / Mebibyte} MiB, driver {Driver}");

    // 81559 MiB.
    private static long Bytes(string text) =>
        long.TryParse(text.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes) ? mebibytes * Mebibyte : 0;
}
