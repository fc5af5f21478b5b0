using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Benchmarks.Generation;

/// <summary>The rate at which this machine multiplies large float32 matrices: the ceiling that a network's rate is set against.</summary>
internal static class MatrixProduct
{
    private const int Side = 1024;

    /// <summary>Floating-point operations a second of one product, with libtorch's present number of threads.</summary>
    public static double Rate(Func<TimeSpan> now)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones(Side, Side), ones(Side, Side));
        a.mm(b);
        var start = now();
        a.mm(b);
        return 2.0 * Side * Side * Side / (now() - start).TotalSeconds;
    }
}
